"""Addresses of villages and their sheets."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from villages.views import (
    accounts,
    afterwards,
    assignments,
    confirming,
    criteria,
    decision,
    decrees,
    doubtful,
    editions,
    jurisdictions,
    letters,
    moving,
    officers,
    offices,
    onboarding,
    preparation,
    profile,
    public,
    repairing,
    selection,
    sheets,
    villages,
)

app_name = "villages"


class RegionCode(StringConverter):
    """The dotted code of a region, and nothing that could not be one."""

    regex = r"[0-9.]{2,13}"


register_converter(RegionCode, "region")

urlpatterns = [
    path("desa-binaan/", public.public_villages, name="public_villages"),
    path("desa-binaan/<region:code>/", public.public_village, name="public_village"),
    path("desa/", villages.villages, name="villages"),
    path("desa/<int:pk>/", villages.village, name="village"),
    path("desa/<int:pk>/ubah/", villages.village_edit, name="village_edit"),
    path("desa/<int:pk>/alihkan/", moving.village_move, name="village_move"),
    path("kantor/<slug:code>/terima-desa/", moving.office_receive, name="office_receive"),
    path("kantor/<slug:code>/langkah/", offices.office_setup, name="office_setup"),
    path("kantor/<slug:code>/tutup/", offices.office_close, name="office_close"),
    path("kantor/<slug:code>/buka/", offices.office_reopen, name="office_reopen"),
    path("desa/<int:pk>/letak/", villages.village_location, name="village_location"),
    path("desa/<int:pk>/profil/", profile.village_profile, name="village_profile"),
    path(
        "desa/<int:pk>/profil/<slug:section>/tambah/",
        profile.profile_add,
        name="village_profile_add",
    ),
    path(
        "desa/<int:pk>/profil/<slug:section>/<int:item>/",
        profile.profile_edit,
        name="village_profile_edit",
    ),
    path(
        "desa/<int:pk>/profil/<slug:section>/<int:item>/hapus/",
        profile.profile_drop,
        name="village_profile_drop",
    ),
    path("desa/<int:pk>/dokumen/tambah/", profile.document_add, name="village_document_add"),
    path("desa/<int:pk>/ganti-kepala/", villages.head_change, name="head_change"),
    path("desa/<int:pk>/kontak/tambah/", villages.contact_add, name="contact_add"),
    path("desa/<int:pk>/akun/", accounts.village_account, name="village_account"),
    path(
        "akun-desa/<int:pk>/sandi/",
        accounts.village_account_password,
        name="village_account_password",
    ),
    path("wilayah-kerja/belum-pasti/", doubtful.doubtful, name="doubtful"),
    path("wilayah/edisi/", editions.editions, name="editions"),
    path("wilayah/edisi/<int:pk>/", editions.edition, name="edition"),
    path("wilayah/edisi/<int:pk>/terapkan/", editions.edition_apply, name="edition_apply"),
    path("wilayah/edisi/<int:pk>/batalkan/", editions.edition_abandon, name="edition_abandon"),
    path("kriteria/", criteria.criteria, name="criteria"),
    path("kriteria/tambah/", criteria.criterion_add, name="criterion_add"),
    path("kriteria/<int:pk>/ubah/", criteria.criterion_edit, name="criterion_edit"),
    path("kriteria/<int:pk>/urutan/", criteria.criterion_move, name="criterion_move"),
    path("kriteria/<int:pk>/masa-berlaku/", criteria.criterion_toggle, name="criterion_toggle"),
    path("akun-desa/<int:pk>/surel/", accounts.village_account_email, name="village_account_email"),
    path("akun-desa/<int:pk>/kartu/", accounts.village_account_card, name="village_account_card"),
    path("akun-desa/<int:pk>/akhiri/", accounts.village_account_end, name="village_account_end"),
    path("kontak/<int:pk>/akhiri/", villages.contact_end, name="contact_end"),
    path("kantor/<slug:code>/wilayah/", jurisdictions.jurisdictions, name="jurisdictions"),
    path("desa/<int:pk>/pimpasa/", assignments.village_officers, name="village_officers"),
    path("pimpasa/", officers.officers, name="officers"),
    path("pimpasa/tambah/", officers.officer_add, name="officer_add"),
    path("pimpasa/surat-tugas/", letters.assignment_letter, name="assignment_letter"),
    path("pimpasa/<int:pk>/", officers.officer, name="officer"),
    path("pimpasa/<int:pk>/ubah/", officers.officer_edit, name="officer_edit"),
    path("pimpasa/<int:pk>/akhiri/", officers.officer_end, name="officer_end"),
    path("pimpasa/<int:pk>/akses/", officers.officer_sign_in, name="officer_sign_in"),
    path("pimpasa/<int:pk>/tugaskan/", assignments.officer_assign, name="officer_assign"),
    path("pimpasa/<int:pk>/surat-tugas/", letters.officer_letter, name="officer_letter"),
    path("pimpasa/<int:pk>/serah-terima/", assignments.handover, name="handover"),
    path("penugasan/<int:pk>/akhiri/", assignments.assignment_end, name="assignment_end"),
    path("penetapan/", sheets.designations, name="designations"),
    path("penetapan/usul/", preparation.propose, name="propose"),
    path("penetapan/menunggu/", selection.waiting, name="waiting"),
    path("penetapan/menunggu/tetapkan/", selection.approve_all, name="approve_all"),
    path("penetapan/<int:pk>/", sheets.designation, name="designation"),
    path("penetapan/<int:pk>/kriteria/", preparation.findings, name="findings"),
    path("penetapan/<int:pk>/kriteria/<slug:key>/", preparation.finding, name="finding"),
    path(
        "penetapan/<int:pk>/kriteria/<slug:key>/hapus/",
        preparation.finding_drop,
        name="finding_drop",
    ),
    path("penetapan/<int:pk>/koordinasi/", preparation.coordination, name="coordination"),
    path("penetapan/<int:pk>/kesediaan/", preparation.consent, name="consent"),
    path("penetapan/<int:pk>/periksa/", preparation.review, name="review"),
    path("penetapan/<int:pk>/ajukan/", preparation.submit, name="submit"),
    path("penetapan/<int:pk>/tarik/", preparation.withdraw, name="withdraw"),
    path("penetapan/<int:pk>/tetapkan/", decision.approve, name="approve"),
    path("penetapan/<int:pk>/kembalikan/", decision.return_to_staff, name="return"),
    path("penetapan/<int:pk>/tolak/", decision.reject, name="reject"),
    path("penetapan/<int:pk>/nomor-sk/", afterwards.decree_number, name="decree_number"),
    path("penetapan/<int:pk>/pengukuhan/", afterwards.ceremony, name="ceremony"),
    path(
        "penetapan/<int:pk>/usul-cabut/", afterwards.revocation_request, name="revocation_request"
    ),
    path("penetapan/<int:pk>/cabut/", afterwards.revoke, name="revoke"),
    path(
        "penetapan/<int:pk>/cabut/tidak/", afterwards.decline_revocation, name="decline_revocation"
    ),
    path("penetapan/<int:pk>/akhiri/", afterwards.end, name="end"),
    path("penetapan/<int:pk>/salah-catat/", repairing.strike_out, name="strike_out"),
    path("dokumen-desa/<uuid:key>/", profile.village_document, name="village_document"),
    path("dokumen-desa/<uuid:key>/lepas/", profile.document_drop, name="village_document_drop"),
    path("impor/", onboarding.imports, name="imports"),
    path("impor/templat/", onboarding.template, name="import_template"),
    path("impor/<int:pk>/", onboarding.import_page, name="import"),
    path("impor/<int:pk>/kolom/", onboarding.import_columns, name="import_columns"),
    path("impor/<int:pk>/pimpasa/", onboarding.import_officers, name="import_officers"),
    path("impor/pimpasa/<int:pk>/", onboarding.import_officer, name="import_officer"),
    path("impor/<int:pk>/lewati/", onboarding.import_drop_doubtful, name="import_drop_doubtful"),
    path("impor/<int:pk>/catat/", onboarding.import_record, name="import_record"),
    path("impor/<int:pk>/benarkan/", confirming.import_confirm, name="import_confirm"),
    path("impor/<int:pk>/kembalikan/", confirming.import_send_back, name="import_send_back"),
    path("impor/<int:pk>/ajukan-lagi/", confirming.import_ask_again, name="import_ask_again"),
    path("impor/<int:pk>/batalkan/", onboarding.import_abandon, name="import_abandon"),
    path("impor/<int:pk>/perbaikan/", onboarding.import_refusals, name="import_refusals"),
    path("impor/baris/<int:pk>/", onboarding.import_row, name="import_row"),
    path("impor/baris/<int:pk>/lewati/", onboarding.import_row_drop, name="import_row_drop"),
    path(
        "impor/baris/<int:pk>/pulihkan/", onboarding.import_row_restore, name="import_row_restore"
    ),
    path("sk/draf/", decrees.decree_draft, name="decree_draft"),
    path("sk/<int:pk>/", decrees.decree, name="decree"),
    path("sk/<int:pk>/ubah/", decrees.decree_edit, name="decree_edit"),
    path("sk/<int:pk>/perbaiki/", repairing.decree_correct, name="decree_correct"),
    path("sk/<int:pk>/sertifikat/", decrees.decree_certificates, name="decree_certificates"),
    path("berkas/<uuid:key>/", sheets.document, name="document"),
    path("berkas/<uuid:key>/lepas/", preparation.document_remove, name="document_remove"),
]
