"""C1-C9 written out, with one number for every flow f[o,i,g,t]."""

from itertools import product

from tests.differential.oracle.program import Program, Sum, added
from tests.differential.oracle.region import Region, Row


class Plan:
    """The numbers of a plan, and the hard rules between them.

    Attributes are named as in the formulation: `x` households in a lot, `f` households that
    move, `w` households that wait, `u` what a commitment lacks, `e` what a lot gives extra.
    """

    def __init__(self, region: Region) -> None:
        self.region = region
        self.program = Program()
        number = self.program.column
        cells = list(product(region.towns, region.groups, region.years))
        self.x = {(lot["id"], g): number() for lot in region.lots for g in lot["groups"]}
        self.e = {lot["id"]: number(lot["potential"] - lot["reported"]) for lot in region.lots}
        self.w = {cell: number() for cell in cells}
        self.u = {row["id"]: number() for row in region.listed("commitments")}
        self.f = {
            (o, i, g, t): number()
            for (o, g, t), i in product(cells, region.towns)
            if region.may_move(g, o, i)
        }
        self.admitted_rows: dict[int, tuple[str, str, str]] = {}
        for rule in (self._lots, self._balance, self._wait, self._admit, self._support):
            rule()
        for rule in (self._ceilings, self._pins, self._commitments):
            rule()

    def hosted(self, host: str, group: str, year: str) -> Sum:
        """X[i,g,t], as the sum over the lots."""
        lots = self.region.lots_of(host, group, year)
        return {self.x[lot["id"], group]: 1.0 for lot in lots}

    def hosted_in_all(self, host: str, group: str) -> Sum:
        """X[i,g]."""
        parts = [self.hosted(host, group, t) for t in self.region.years]
        return added(term for part in parts for term in part.items())

    def served(self, responsible: str, group: str, year: str) -> Sum:
        """Households of a responsible municipality that are housed in a period, anywhere."""
        keys = ((responsible, i, group, year) for i in self.region.towns)
        return {self.f[key]: 1.0 for key in keys if key in self.f}

    def served_in_all(self, responsible: str, group: str) -> Sum:
        """The same over all periods."""
        parts = [self.served(responsible, group, t) for t in self.region.years]
        return added(term for part in parts for term in part.items())

    def _lots(self) -> None:
        """C1."""
        for lot in self.region.lots:
            taken = {self.x[lot["id"], g]: float(self.region.size(lot, g)) for g in lot["groups"]}
            self.program.row({**taken, self.e[lot["id"]]: -1.0}, upper=lot["reported"])

    def _balance(self) -> None:
        """C2 over the routes of C8."""
        for i, g, t in product(self.region.towns, self.region.groups, self.region.years):
            keys = ((o, i, g, t) for o in self.region.towns)
            arrived = {self.f[key]: -1.0 for key in keys if key in self.f}
            self.program.row({**self.hosted(i, g, t), **arrived}, 0.0, 0.0)

    def _wait(self) -> None:
        """C3."""
        years = self.region.years
        for o, g in product(self.region.towns, self.region.groups):
            for before, t in zip([None, *years], years, strict=False):
                terms = {self.w[o, g, t]: 1.0, **self.served(o, g, t)}
                if before is not None:
                    terms[self.w[o, g, before]] = -1.0
                come = float(self.region.need.get((o, g, t), 0))
                self.program.row(terms, come, come)

    def _admit(self) -> None:
        """C9."""
        for (o, g), rate in self.region.rate.items():
            for now, t in enumerate(self.region.years):
                so_far = self.region.years[: now + 1]
                gone = [self.served(o, g, year).items() for year in so_far]
                come = sum(self.region.need.get((o, g, year), 0) for year in so_far)
                terms = added(term for part in gone for term in part)
                row = self.program.row(terms, upper=float(rate * come))
                self.admitted_rows[row] = (o, g, t)

    def _support(self) -> None:
        """C4."""
        for row in self.region.listed("support"):
            now = self.region.years.index(row["period"])
            terms = []
            for g, group in self.region.groups.items():
                asks = group.get("support", {}).get(row["type"], {"slots": 0, "periods": 1})
                window = self.region.years[max(0, now - asks["periods"] + 1) : now + 1]
                for i, t in product(row["municipalities"], window):
                    terms += [(column, float(asks["slots"])) for column in self.hosted(i, g, t)]
            self.program.row(added(terms), upper=row["slots"])

    def _ceilings(self) -> None:
        """C5."""
        for row in self.region.listed("ceilings"):
            below = {
                self.x[lot["id"], g]: 1.0
                for lot in self.region.lots
                for g in lot["groups"]
                if _under(row, lot) and g in row["groups"]
            }
            self.program.row(below, upper=row["households"])

    def _pins(self) -> None:
        """C6."""
        for row in self.region.listed("pins"):
            here = self.hosted(row["municipality"], row["group"], row["period"])
            self.program.row(here, row["households"], row["households"])

    def _commitments(self) -> None:
        """C7."""
        for row in self.region.listed("commitments"):
            cells = product([row["municipality"]], row["groups"], row["periods"])
            kept = added(term for cell in cells for term in self.hosted(*cell).items())
            self.program.row({**kept, self.u[row["id"]]: 1.0}, lower=row["households"])


def _under(ceiling: Row, lot: Row) -> bool:
    """Whether the homes of a lot count for a ceiling."""
    district = ceiling.get("district")
    return (
        lot["municipality"] == ceiling["municipality"]
        and lot["period"] in ceiling["periods"]
        and (district is None or lot.get("district") == district)
    )
