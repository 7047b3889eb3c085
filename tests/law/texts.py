"""How the texts of the law are divided: article → khoản → letters of its điểm. Written off from the texts.

0 stands for an article without numbered khoản. An article that nothing here cites may be missing.
"""

from __future__ import annotations

Text = dict[int, dict[int, str]]

ND154: Text = {
    3: {1: "", 2: "", 3: "", 4: "", 5: ""},
    4: {1: "abcdđeghik", 2: "", 3: "", 4: ""},
    5: {1: "abc", 2: "", 3: "ab", 4: "ab", 5: "", 6: "abc", 7: "", 8: "", 9: ""},
    6: {1: "abc", 2: "", 3: "ab", 4: "ab", 5: "", 6: "abc", 7: "abc", 8: ""},
    10: {1: "abcdđeg", 2: "", 3: "ab", 4: ""},
    12: {1: "", 2: ""},
    13: {1: "", 2: "", 3: ""},
    14: {1: "", 2: "", 3: "", 4: ""},
    15: {1: "", 2: "", 3: "", 4: ""},
    16: {1: "", 2: ""},
    17: {1: "", 2: ""},
    18: {1: "", 2: "abc", 3: ""},
    19: {1: "", 2: "", 3: ""},
    20: {1: "", 2: "", 3: "", 4: "", 5: ""},
    21: {1: "", 2: "", 3: "", 4: ""},
    22: {1: "", 2: "", 3: "", 4: ""},
    23: {1: "", 2: ""},
    24: {1: "", 2: "", 3: ""},
    25: {1: "", 2: "", 3: ""},
    26: {1: "abc", 2: "abc", 3: ""},
    27: {1: "", 2: "", 3: "abc", 4: ""},
    41: {1: "abcd", 2: "abc", 3: "abc"},
    42: {1: "abcd", 2: "abcdđe", 3: "ab"},
}

# Luật Tiếp công dân 2013
LAW: Text = {
    2: {1: "", 2: "", 3: ""},
    3: {1: "", 2: "", 3: ""},
    6: {1: "", 2: "", 3: "", 4: "", 5: "", 6: "", 7: "", 8: ""},
    7: {1: "abcdđe", 2: "abcdđe"},
    8: {1: "", 2: "", 3: "", 4: "", 5: "", 6: ""},
    9: {1: "", 2: "", 3: "", 4: ""},
    10: {1: "", 2: "abc", 3: "abcdđ", 4: "", 5: ""},
    12: {1: "", 2: "", 3: "", 4: "abcdđ", 5: "", 6: ""},
    15: {1: "", 2: "abcdđe"},
    18: {1: "abcdđeg", 2: "", 3: "ab", 4: ""},
    24: {1: "", 2: "abc", 3: "", 4: ""},
    25: {1: "", 2: "", 3: ""},
    26: {1: "abcd", 2: "ab"},
    27: {1: "", 2: ""},
    28: {1: "abcd", 2: ""},
    29: {0: ""},
    30: {1: "", 2: "ab", 3: ""},
    31: {1: "abcd", 2: ""},
}

# Quy chế kèm theo QĐ 764/QĐ-UBND of Nam Định province, 24/3/2025
QD764: Text = {
    1: {1: "", 2: "abc"},
    2: {1: "", 2: "", 3: "", 4: "", 5: ""},
    3: {1: "", 2: "", 3: ""},
    4: {1: "abcdđe", 2: ""},
    5: {1: "", 2: "ab"},
    6: {1: "ab", 2: "abcd"},
    7: {1: "", 2: "", 3: "", 4: ""},
}

# Each article of NĐ 155/2026 changes one of NĐ 124/2020: «sửa đổi tại Điều 10 NĐ 155/2026»
ND155: Text = {10: {0: ""}, 11: {0: ""}}
ND124: Text = {16: {1: ""}, 28: {1: ""}}
# The body of NĐ 30/2020 was not at hand, only its appendices: these two articles as they are commonly printed.
ND30: Text = {15: {1: "abc", 2: "", 3: ""}, 30: {1: "", 2: "ab"}}
DENUNCIATION: Text = {38: {5: ""}}  # Luật Tố cáo

# What a citation calls the text, longest first.
NAMES: dict[str, Text] = {
    "Quy chế kèm theo QĐ 764": QD764,
    "Nghị định số 154/2026": ND154,
    "Luật Tiếp công dân": LAW,
    "Luật Tố cáo": DENUNCIATION,
    "NĐ 154/2026": ND154,
    "NĐ 155/2026": ND155,
    "NĐ 124/2020": ND124,
    "NĐ 30/2020": ND30,
    "QĐ 764": QD764,
}
