"""The reports app's configuration: what it lends to the papers and exports below it."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "meja kerja"

    def ready(self) -> None:
        from certificates import kinds  # noqa: PLC0415 - models are ready only now
        from reports import exports, monthly  # noqa: PLC0415

        kinds.register_letter(monthly.REPORT)
        kinds.register_export(exports.RECAP)
