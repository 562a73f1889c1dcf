"""What is wrong with a row of a file, in plain Dutch, by the code of the fault."""

_ELSE = "Deze waarde kan hier niet."
IN_DUTCH: dict[str, str] = {
    "already_exists": "Er is al een regel met dezelfde gegevens.",
    "already_signed": "Uw organisatie heeft deze tekst getekend.",
    "conversion_differs": "Huishoudens, personen en personen per huishouden kloppen niet samen.",
    "four_eyes": "Wie voorstelt, tekent niet zelf.",
    "id_differs": "Het id is niet dat van deze regel.",
    "invisible_character": "In deze tekst staat een onzichtbaar teken. Haal het weg.",
    "missing": "Hier moet iets staan.",
    "move_not_possible": "Dit kan niet meer met deze afspraak.",
    "negative_zero": "Schrijf 0 zonder min.",
    "no_weight": "Minstens één gewicht moet meer zijn dan 0.",
    "not_a_date": "Dit is geen dag die bestaat. Schrijf jaar-maand-dag, zoals 2026-12-31.",
    "not_a_moment": "Dit is geen tijdstip. Schrijf het zoals 2026-12-31T12:00:00Z.",
    "not_a_number": "Dit is geen getal in de gekozen taal.",
    "not_a_party": "Uw organisatie is geen partij.",
    "not_a_year": "Dit is geen jaartal.",
    "not_allowed": "Deze keuze bestaat niet.",
    "not_exact": "Dit getal heeft te veel cijfers.",
    "not_finite": "Dit is geen getal.",
    "not_in_order": "Laag, verwacht en hoog, of begin en einde, staan niet op volgorde.",
    "not_normalised": "De accenten zijn anders opgeslagen dan gewoon. Typ de tekst opnieuw.",
    "not_one_half_year": "Dit is niet één half jaar.",
    "not_the_host": "De ontvangende gemeente is geen partij.",
    "number_not_clear": "Dit getal betekent iets anders in het Nederlands dan in het Engels. Kies "
    "de taal van de getallen.",
    "only_near": "Dit hoort alleen bij groepen die in de buurt blijven.",
    "out_of_range": "Dit getal is te groot of te klein.",
    "outside_reach": "Deze gemeente is niet van u. U mag dit cijfer niet wijzigen.",
    "party_missing": "Er ontbreekt een partij.",
    "repeated_id": "Dit staat er twee keer.",
    "repeated_row": "Een eerdere regel van het bestand gaat over hetzelfde.",
    "same_municipality": "Dit moeten twee verschillende gemeenten zijn.",
    "state_differs": "Deze toestand kan hier niet.",
    "string_pattern_mismatch": "Dit is anders geschreven dan hier moet.",
    "suppressed_with_value": "Wat de bron niet vertelt, heeft geen getal. Laat het getal leeg.",
    "surrounding_space": "Haal de spaties voor en achter de tekst weg.",
    "too_large": "Dit getal is te groot.",
    "too_long": "Dit is te lang.",
    "too_many_cells": "Deze regel heeft meer cellen dan er koppen zijn.",
    "too_short": "Dit is te kort, of er staat niets.",
    "unknown_field": "Dit veld bestaat niet.",
    "unknown_id": "Deze naam of code staat niet in het register.",
    "wrong_kind": "Deze organisatie is van een andere soort.",
    "wrong_type": "Hier hoort iets anders, zoals een getal in plaats van tekst.",
}


def in_dutch(code: str) -> str:
    """Say in Dutch what is wrong; what has no words of its own is a value that cannot be here."""
    return IN_DUTCH.get(code, _ELSE)
