"""Read a document of any kind from plain JSON: all of it is right, or every fault is told."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from shared.contract.characters import unreadable_text
from shared.contract.structure_faults import structure_faults
from shared.faults import Fault, InvalidDocument

Model = TypeVar("Model", bound=BaseModel)


def read_document(model: type[Model], tree: Any) -> Model:
    """Read a document whose fields can be judged without the database.

    Parameters
    ----------
    model
        What kind of document.
    tree
        Plain dicts and lists with the names of the wire (camelCase).

    Raises
    ------
    InvalidDocument
        With every fault of its fields.
    """
    document, faults = validated(model, tree)
    faults = [*faults, *unreadable_text(tree)]
    if document is None or faults:
        raise InvalidDocument(faults)
    return document


def validated(model: type[Model], tree: Any) -> tuple[Model | None, list[Fault]]:
    """Read a document as far as its own fields go; without it, there is at least one fault."""
    try:
        # by_name=False: on the wire a field has one name, `maxKm` and not also `max_km`.
        return model.model_validate(tree, by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, structure_faults(error, model)
