"""Pages of the portfolio's own records. Those that also show plan, money or packs are in ``portal/pages``."""
