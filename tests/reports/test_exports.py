"""The spreadsheet: typed, without formulas; a large one is made by a worker, for one person."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import access_of
from accounts.models import Membership, Office, User
from audit.models import Entry
from certificates import actions, kinds, tasks
from certificates.models import Export
from reports import exports
from reports.exports import RECAP, wanted
from reports.scope import scope_of
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    ExportFactory,
    JurisdictionFactory,
    OfficeFactory,
    RegionalOfficeFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
)
from tests.served import served
from tests.worker_process import WorkerProcess, wait_for
from villages.models import Designation

pytestmark = pytest.mark.django_db


def a_village(code: str = "33.07.06.2009", **stage: Any) -> Designation:
    return DesignationFactory(village=VillageFactory(region=RegionFactory(code=code)), **stage)


def book_of(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def ordered(user: User, **asked: str) -> Export:
    scope = scope_of(access_of(user), asked)
    return actions.order_export(wanted(scope), by=user)


def made(export: Export) -> Export:
    tasks.make_export(export.pk)
    export.refresh_from_db()
    return export


def kept(name: str) -> bool:
    return bool(name) and storages["papers"].exists(name)


# --- What is in it -------------------------------------------------------------------------------


def test_the_spreadsheet_says_what_the_pages_say(sign_in) -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    sheet = a_village(office=office, approved=True)
    RegionFactory(code="33.07.06.2010")
    AssignmentFactory(village=sheet.village, officer__office=office)

    answer = sign_in(UserFactory(staff_of=office)).get(reverse("reports:recap_download"))
    book = book_of(answer.content)

    assert book.sheetnames == [
        "Ringkasan", "Cakupan", "Menurut status", "Beban per kantor", "PIMPASA", "Waktu proses",
        "Kegiatan dan sambang", "Jenis kegiatan", "Kegiatan per kantor",
        "Usulan dan penetapan", "Belum ditetapkan", "Kegiatan per desa",
    ]  # fmt: skip
    assert list(book["Cakupan"].values)[1] == ("33.07", "Kabupaten Wonosobo", 2, 1, 0, 50, 1,
                                                  0, 0, 1)  # fmt: skip
    assert list(book["Beban per kantor"].values)[1][1:] == (1, 0, 0, 1, 0, 1, 0)
    [_, row] = book["Usulan dan penetapan"].values
    assert row[:2] == ("33.07.06.2009", "Desa Pakuncen")
    assert row[-4:-1] == (datetime.combine(office.today(), datetime.min.time()),
                          sheet.decree.number, datetime.combine(sheet.decree.dated,
                                                                datetime.min.time()))  # fmt: skip
    [_, left] = book["Belum ditetapkan"].values
    assert left[0] == "33.07.06.2010"
    assert left[-1] == "Belum diusulkan"
    assert {table.freeze_panes for table in book.worksheets} == {"A2"}
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_no_cell_computes(sign_in) -> None:
    office = OfficeFactory()
    sheet = a_village(office=office, approved=True, approved__number="=1+1")
    AssignmentFactory(village=sheet.village, officer__office=office,
                      officer__user__name="=cmd|' /C calc'!A0")  # fmt: skip

    answer = sign_in(UserFactory(staff_of=office)).get(reverse("reports:recap_download"))
    cells = [cell for table in book_of(answer.content) for line in table for cell in line]

    assert {cell.data_type for cell in cells} <= set("snd")
    assert {"'=1+1", "'=cmd|' /C calc'!A0"} <= {cell.value for cell in cells}


def test_a_large_one_is_not_made_while_the_browser_waits(sign_in, monkeypatch) -> None:
    monkeypatch.setattr("reports.views.AT_ONCE", 0)
    sheet = a_village(approved=True)
    client: Client = sign_in(UserFactory(staff_of=sheet.office))

    answer = client.get(reverse("reports:recap_download"), {"periode": "2026"})
    asked = client.post(answer["Location"])

    assert answer["Location"] == reverse("reports:recap_export") + "?periode=2026"
    assert asked["Location"] == Export.objects.get().get_absolute_url()


# --- How it is made ------------------------------------------------------------------------------


def test_it_waits_is_written_and_can_be_fetched(sign_in) -> None:
    sheet = a_village(approved=True)
    user = UserFactory(staff_of=sheet.office)
    client: Client = sign_in(user)
    export = ordered(user)
    page, file = (
        export.get_absolute_url(),
        reverse("certificates:export_download", args=[export.pk]),
    )

    waiting = client.get(page).content.decode()
    too_early = client.get(file)
    made(export)
    ready, fetched = client.get(page).content.decode(), served(client, file)

    assert "Menunggu giliran" in waiting
    assert "every 2s" in waiting
    assert too_early["Location"] == page
    assert "Siap diunduh" in ready
    assert "every 2s" not in ready
    assert len(list(book_of(fetched.content)["Usulan dan penetapan"].values)) == 2
    assert fetched.answer["Content-Disposition"].endswith('.xlsx"')
    assert (export.done, export.attempts) == (export.total, 1)


def test_it_says_how_far_it_is(sign_in, monkeypatch) -> None:
    monkeypatch.setattr(exports, "CHUNK", 1)
    sheet = a_village(approved=True)
    user = UserFactory(staff_of=sheet.office)
    export = ordered(user)
    told: list[tuple[int, int]] = []

    def listening(export: Export, done: int, total: int) -> None:
        note(export, done, total)
        export.refresh_from_db()
        told.append((export.done, export.total))

    note = actions.note_progress
    monkeypatch.setattr(actions, "note_progress", listening)
    made(export)

    assert told[0][0] == 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (told[0][1], told[0][1])
    assert len(told) > 10


def test_a_waiting_page_is_told_nothing_twice(sign_in) -> None:
    sheet = a_village(approved=True)
    user = UserFactory(staff_of=sheet.office)
    export = ordered(user)
    client: Client = sign_in(user)

    def asked_again() -> int:
        address = f"{export.get_absolute_url()}?tampak=ordered"
        return client.get(address, headers={"HX-Request": "true"}).status_code

    assert asked_again() == 204
    Export.objects.filter(pk=export.pk).update(attempts=1, done=1000)
    assert asked_again() == 200


def test_the_badge_of_an_export_is_renewed_with_what_it_says(sign_in) -> None:
    sheet = a_village(approved=True)
    user = UserFactory(staff_of=sheet.office)
    export = ordered(user)
    client: Client = sign_in(user)
    made(export)

    address = f"{export.get_absolute_url()}?tampak=ordered"
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()

    badge = part.partition('id="keadaan" hx-swap-oob="true"')[2].partition("</div>")[0]
    assert "Siap diunduh" in badge


def test_asking_twice_is_asking_once() -> None:
    sheet = a_village(approved=True)
    user, colleague = UserFactory(staff_of=sheet.office), UserFactory(staff_of=sheet.office)

    first = ordered(user)

    assert ordered(user) == first
    assert ordered(user, periode="2026") != first
    assert ordered(colleague) != first
    assert Entry.objects.filter(verb="export.ordered").count() == 3


def test_making_it_twice_makes_it_once() -> None:
    sheet = a_village(approved=True)
    export = made(ordered(UserFactory(staff_of=sheet.office)))
    file = export.file

    made(export)

    assert (export.file, export.attempts) == (file, 1)
    assert Entry.objects.filter(verb="export.made").count() == 1


def test_two_workers_that_finish_at_once_leave_one_file() -> None:
    sheet = a_village(approved=True)
    export = ordered(UserFactory(staff_of=sheet.office))
    stale = Export.objects.get(pk=export.pk)
    made(export)

    before = storages["papers"].listdir("exports")
    actions.attach_export(stale, io.BytesIO(b"another"))

    file = export.file
    export.refresh_from_db()
    assert export.file == file
    assert storages["papers"].listdir("exports") == before
    assert Entry.objects.filter(verb="export.made").count() == 1


def test_what_was_not_finished_is_queued_again() -> None:
    sheet = a_village(approved=True)
    export = ordered(UserFactory(staff_of=sheet.office))
    long_ago = timezone.now() - timedelta(minutes=10)

    def owed(**stamps: Any) -> bool:
        Export.objects.filter(pk=export.pk).update(**stamps)
        return export in Export.objects.owed()

    # died in the middle; at it just now
    assert owed(attempts=1, tried_at=long_ago)
    assert not owed(attempts=1, tried_at=timezone.now())


def test_its_time_ends_and_who_took_it_stays_known(sign_in) -> None:
    sheet = a_village(approved=True)
    user = UserFactory(staff_of=sheet.office)
    client: Client = sign_in(user)
    export = made(ordered(user))
    name, page = export.file, export.get_absolute_url()
    assert kept(name)

    # what was asked for is frozen, its time included
    with pytest.raises(IntegrityError, match="stays what was asked for"), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(expires_at=timezone.now())
    with pytest.raises(IntegrityError, match="is remembered"), transaction.atomic():
        Export.objects.filter(pk=export.pk).delete()

    actions.expire_export(export)
    export.refresh_from_db()
    assert not export.has_file
    assert "Berkas sudah dihapus" in client.get(page).content.decode()
    gone = client.get(reverse("certificates:export_download", args=[export.pk]))
    assert gone["Location"] == page
    assert Entry.objects.filter(verb="export.expired").count() == 1


def test_the_sweeper_forgets_what_is_over(django_capture_on_commit_callbacks) -> None:
    sheet = a_village(approved=True)
    user = UserFactory(staff_of=sheet.office)
    now = timezone.now()
    rows = {"kind": RECAP.key, "office": sheet.office, "title": "Lama", "facts": {},
            "office_ids": [sheet.office_id], "ordered_by": user}  # fmt: skip
    past = Export.objects.create(**rows, ordered_at=now - timedelta(hours=25),
                                 expires_at=now - timedelta(hours=1))  # fmt: skip
    actions.attach_export(past, io.BytesIO(b"PK"))
    past.refresh_from_db()
    name = past.file

    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_exports()

    past.refresh_from_db()
    assert past.status == "expired"
    assert name
    assert not kept(name)


# --- Whose it is ---------------------------------------------------------------------------------


def test_it_is_for_whoever_asked_while_they_may_read_it(sign_in) -> None:
    sheet = a_village(approved=True)
    user, colleague = UserFactory(staff_of=sheet.office), UserFactory(staff_of=sheet.office)
    export = made(ordered(user))
    addresses = [
        export.get_absolute_url(),
        reverse("certificates:export_download", args=[export.pk]),
    ]

    def met(who: User) -> list[int]:
        return [served(sign_in(who), address).status for address in addresses]

    assert met(user) == [200, 200]
    assert met(colleague) == [404, 404]
    Membership.objects.filter(user=user).update(
        ends_on=date(2025, 1, 1), starts_on=date(2024, 1, 1)
    )
    assert met(user) == [404, 404]


def test_whoever_read_more_before_does_not_fetch_it_now(sign_in) -> None:
    sheet = a_village(approved=True)
    kanwil = sheet.office.parent
    user = UserFactory(observer_of=kanwil)
    export = made(ordered(user))
    # the same Kanwil, another role: no longer what lies below it
    Membership.objects.filter(user=user).update(role="admin")

    assert sign_in(user).get(export.get_absolute_url()).status_code == 404


def test_a_role_that_ended_meanwhile_leaves_it_unmade() -> None:
    sheet = a_village(approved=True)
    user = UserFactory(staff_of=sheet.office)
    export = ordered(user)
    Membership.objects.filter(user=user).update(
        ends_on=date(2025, 1, 1), starts_on=date(2024, 1, 1)
    )

    made(export)

    assert export.is_expired
    assert not export.has_file
    assert Entry.objects.filter(verb="export.refused").count() == 1
    tasks.sweep_exports()  # nobody tries again
    assert made(export).attempts == 1


def test_an_office_that_opened_meanwhile_does_not_stop_it(sign_in) -> None:
    sheet = a_village(approved=True)
    kanwil = sheet.office.parent
    user = UserFactory(observer_of=kanwil)
    export = ordered(user)
    opened = OfficeFactory(parent=kanwil)
    a_village("33.08.06.2009", office=opened, approved=True)

    made(export)
    address = reverse("certificates:export_download", args=[export.pk])
    fetched = served(sign_in(user), address)

    [_, *rows] = book_of(fetched.content)["Usulan dan penetapan"].values
    assert [row[0] for row in rows] == ["33.07.06.2009"]  # what was asked for, and no more
    assert opened.pk not in export.office_ids


def test_the_nation_counts_an_office_that_opened_meanwhile() -> None:
    sheet = a_village(approved=True)
    export = ordered(UserFactory(observer_of=sheet.office.parent.parent))
    a_village("33.08.06.2009", office=OfficeFactory(parent=sheet.office.parent), approved=True)

    made(export)

    with storages["papers"].open(export.file) as file:
        [_, *rows] = book_of(file.read())["Usulan dan penetapan"].values
    assert len(rows) == 2


def test_an_office_that_went_to_another_kanwil_ends_it() -> None:
    sheet = a_village(approved=True)
    user = UserFactory(observer_of=sheet.office.parent)
    export = ordered(user)
    Office.objects.filter(pk=sheet.office_id).update(
        parent=RegionalOfficeFactory(code="kanwil-lain")
    )

    made(export)

    assert export.is_expired
    assert Entry.objects.filter(verb="export.refused").count() == 1


def test_whoever_serves_elsewhere_now_reads_why_it_does_not_come(sign_in) -> None:
    sheet = a_village(approved=True)
    user = UserFactory(staff_of=sheet.office)
    export = ordered(user)
    Membership.objects.filter(user=user).update(office=sheet.office.parent, role="observer")

    made(export)
    page = sign_in(user).get(export.get_absolute_url()).content.decode()

    assert "Ekspor tidak dibuat" in page
    assert "tugas Anda atau kantor yang Anda baca berubah" in page
    assert "Berkas sudah dihapus" not in page


def test_what_was_never_finished_is_not_called_deleted(sign_in) -> None:
    sheet = a_village(approved=True)
    user = UserFactory(staff_of=sheet.office)
    then = timezone.now() - timedelta(hours=25)
    export = ExportFactory(
        office=sheet.office, ordered_by=user, ordered_at=then, expires_at=then + timedelta(hours=24)
    )
    client: Client = sign_in(user)

    before = client.get(export.get_absolute_url()).content.decode()
    tasks.sweep_exports()
    after = client.get(export.get_absolute_url()).content.decode()

    assert "tidak selesai sampai" in before
    assert "tidak selesai sampai" in after


def test_every_kind_knows_how_to_write_itself() -> None:
    assert kinds.export(RECAP.key) is RECAP


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_loses_no_export(celery_worker_process: WorkerProcess) -> None:
    sheet = a_village(approved=True)
    for number in range(40):
        a_village(f"33.07.06.{2010 + number}", office=sheet.office)
    wait_for(lambda: Designation.objects.get(pk=sheet.pk).certificate.is_ready)
    export = ordered(UserFactory(staff_of=sheet.office))

    wait_for(lambda: Export.objects.get(pk=export.pk).is_begun)
    celery_worker_process.kill_child()

    wait_for(lambda: Export.objects.get(pk=export.pk).is_ready)
    export.refresh_from_db()
    assert Entry.objects.filter(verb="export.made").count() == 1
    assert kept(export.file)
