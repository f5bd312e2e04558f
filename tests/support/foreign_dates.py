"""Dates of a machine whose locale is Chinese, without the locale: `%B` and `%A` come out in Chinese."""

from datetime import date


class ChineseDate(date):
    """`day:%B` asks `strftime` too."""

    def strftime(self, layout: str) -> str:
        return super().strftime(layout.replace("%B", f"{self.month}月").replace("%A", "星期日"))
