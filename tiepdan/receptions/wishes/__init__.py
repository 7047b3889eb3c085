"""Citizens choose their hall on the public page, and a clerk answers (khoản 3 Điều 22 NĐ 154/2026)."""
