"""Many ids as one value: finds what `in` finds, however many there are."""

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q

from accounts.models import Office
from tests.factories import OfficeFactory, VillageFactory
from villages.models import Village

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [0, 1, 3])
def test_among_finds_what_in_finds_and_leaves_out_the_same(count: int) -> None:
    villages = [VillageFactory() for _ in range(4)]
    ids = frozenset(village.office_id for village in villages[:count])

    among, inside = Q(office__among=ids), Q(office__in=ids)

    for found, expected in [(among, inside), (~among, ~inside), (among | Q(pk=0), inside)]:
        assert set(Village.objects.filter(found)) == set(Village.objects.filter(expected))
    assert set(Office.objects.filter(pk__among=ids).values_list("pk", flat=True)) == ids


def test_among_a_few_that_are_found_first() -> None:
    first, second, _ = (OfficeFactory() for _ in range(3))
    few = Office.objects.filter(pk__gte=first.pk).order_by("pk").values("pk")[:2]

    assert set(Office.objects.filter(pk__among=ArraySubquery(few))) == {first, second}
