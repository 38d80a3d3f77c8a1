"""Tricky passages of our own writing, cut as a careful reader cuts them: (language, sentences).

Joined by one space they are the text; a sentence that begins with a line break begins a new line,
one that begins with ``~`` follows without any space.
"""


def as_text(parts: list[str], language: str) -> str:
    """The passage whose sentences are ``parts``."""
    text = ""
    for part in parts:
        between = "" if not text or language == "ja" or part[0] in "\n~" else " "
        text += between + part.removeprefix("~")
    return text


CASES: list[tuple[str, list[str]]] = [
    # English: abbreviations, initials, figures
    ("en", ["The U.S. Senate voted on Tuesday.", "It was close."]),
    ("en", ["He moved back to the U.S.", "The family stayed."]),
    ("en", ["He works for the U.N.", "His wife does not."]),
    ("en", ["Lt. Gov. Ann Marsh spoke first.", "Sen. Lee J. Ortiz did not."]),
    ("en", ["Mr. Hale met Dr. J. R. Pike at No. 10 on Monday.", "Nos. 4 and 5 were shut."]),
    ("en", ["“A. B. C,” he said.", "Nobody laughed."]),
    ("en", ["The fine was £3.5m.", "The firm made 2.4% less."]),
    ("en", ["It sank at 5 p.m.", "Police arrived at 6 a.m. on Sunday."]),
    (
        "en",
        ["The talks begin at 9 a.m. GMT and end at 4 p.m. Tuesday.", "Ministers fly home after."],
    ),
    ("en", ["Acme Inc. said sales rose.", "Brand & Co. did not comment."]),
    ("en", ["She was born on Jan. 6 in Paris.", "She died in Sept. 2001."]),
    ("en", ["See Fig. 3 and p. 12.", "Then read vol. 2."]),
    ("en", ["It was Henry V. Shaw, e.g. in 1999, i.e. before the war.", "So he says."]),
    ("en", ["The firm sells boats, cars, etc.", "Nobody buys them."]),
    ("en", ["Roe v. Wade was cited.", "So was Smith vs. Jones."]),
    ("en", ["She holds a Ph.D. from Leeds.", "He has an M.A. in law."]),
    ("en", ["He lives at 4 Mill St.", "The house is red."]),
    ("en", ["John Rook Jr. and Tom Rook Sr. were there.", "So was Ann."]),
    ("en", ["Node.js and gov.uk are names.", "So is example.com."]),
    ("en", ["The price rose to $1.25.", "That is 3.5 per cent."]),
    ("en", ["The bus no. 7 was late.", "“No.”", "He left."]),
    # English: quotations
    ("en", ["“I saw it.”", "She cried.", "“Then it was gone.”"]),
    ("en", ["“Stop!” he shouted.", "“Why?” asked the officer."]),
    ("en", ["“Who knew?” Ann Marsh said.", "“Not me!” Mr Hale added."]),
    ("en", ["He called it “a lie.”", "Then he left."]),
    ("en", ["She said: “We will win.", "We always do.”", "The crowd cheered."]),
    ("en", ["'It is over,' he said.", "'Go home.'", "They went."]),
    ("en", ['"We are safe."', '"How do you know?"', '"I looked."']),
    ("en", ["(He had been warned.)", "The pilot landed.", "The crew (all six of them) got out."]),
    ("en", ["“Really?” he said.", "“Really.”"]),
    # English: ellipses, brands, odd marks
    ("en", ["I thought… maybe not.", "Well... I do not know.", "We shall see..."]),
    ("en", ["He waited...", "Nobody came."]),
    ("en", ["Yahoo! said profits fell.", "Yahoo! Inc. is older."]),
    ("en", ["What?!", "No way!!", "It is true."]),
    ("en", ["eBay fell.", "iPhone sales rose."]),
    ("en", ["The vote failed.[1]", "Members left.[12]"]),
    ("en", ["They settle down. . . .", "So we wait."]),
    ("en", ["It does not get you anything . . . that counts.", "He said so."]),
    ("en", ["She spoke to bankers. … her own server … and left.", "Nobody asked."]),
    ("en", ["The hosts (Fla.) - neither of them - came.", "We did."]),
    ("en", ["“I am glad it worked out. “"]),
    # English: news forms
    ("en", ["FAIRVIEW, W.Va. - The coal was piled high.", "It is gone."]),
    ("en", ["LONDON (AP) — Police shot a man.", "He lived."]),
    ("en", ["WASHINGTON, D.C. — The House voted.", "The bill passed."]),
    ("en", ["14:05 Police are on the scene.", "\n14:12 A man is held."]),
    ("en", ["10.32am: The doors open.", "10.40am: The doors shut."]),
    ("en", ["The rules are:", "\n• no cars", "\n• no dogs", "\n• no noise"]),
    ("en", ["What we know", "\nTwo people were hurt.", "\nOne is in hospital"]),
    ("en", ["1. Wash your hands.", "\n2. Stay at home.", "\n3. Call your doctor."]),
    ("en", ["Buy one.", "• Get one free.", "• No refunds."]),
    ("en", ["The road is shut.", "It reopens at noon"]),
    ("en", ["It ended in 2019.", "20 people were hurt."]),
    ("en", ["He lost the page.", "~The next one was blank.", "So be it."]),
    # French
    ("fr", ["M. Dupont est arrivé.", "Mme Petit l’attendait."]),
    ("fr", ["« Venez ! » s’exclame-t-il.", "« Pourquoi ? » demande-t-elle."]),
    ("fr", ["« C’est fini. »", "Elle est partie."]),
    ("fr", ["Il a payé 3,5 millions d’euros.", "L’art. 5 ne dit rien."]),
    ("fr", ["Le Dr Martin et J.-P. Roux sont morts.", "On ignore pourquoi."]),
    ("fr", ["Il a dit « non ».", "Puis il est sorti."]),
    ("fr", ["Est-ce vrai ?", "Oui !", "Non…", "Peut-être."]),
    ("fr", ["Les élus, ministres, etc. étaient là.", "M. et Mme Roy aussi."]),
    # German
    ("de", ["Am 3. Oktober wird gefeiert.", "Der 2. Weltkrieg endete 1945."]),
    ("de", ["Das Haus feierte seinen 100. Geburtstag.", "Viele kamen."]),
    ("de", ["Dr. Klein sagte: „Wir gehen.“", "Dann ging er."]),
    ("de", ["Das kostet 5 Mio. Euro.", "Sie zahlt z. B. nichts, d. h. gar nichts."]),
    ("de", ["„Kommen Sie!“, rief er.", "„Warum?“, fragte sie."]),
    ("de", ["Er wohnt in der Haupt-Str. 5 in St. Pauli.", "Sie wohnt bei Nr. 7."]),
    ("de", ["Die Polizei kam um 14.30 Uhr.", "Niemand wurde verletzt."]),
    ("de", ["Der FC gewann 3:2.", "Es war der 12. Sieg in Folge."]),
    ("de", ["Bücher, Hefte usw.", "Alles war nass."]),
    # Spanish
    ("es", ["El Sr. Pérez llegó a EE. UU. el lunes.", "La Sra. Gil no vino."]),
    ("es", ["¿Quién es?", "¡No lo sé!", "Nadie lo sabe."]),
    ("es", ["«No iré», dijo.", "«¿Por qué?», le preguntaron."]),
    ("es", ["Ganó 3.500 euros.", "El art. 5 lo prohíbe."]),
    ("es", ["El núm. 10 está cerrado.", "Véase la pág. 12."]),
    ("es", ["“Se acabó.”", "Y se fue."]),
    ("es", ["La Dra. Ruiz y J. L. Soto hablaron.", "No hubo acuerdo."]),
    # Italian
    ("it", ["Il sig. Rossi è arrivato.", "Il dott. Verdi no."]),
    ("it", ["«Basta!» ha detto.", "«Perché?» ha chiesto lei."]),
    ("it", ["L’on. Bianchi ha votato sì.", "Il sen. Neri si è astenuto."]),
    ("it", ["È costato 3,5 milioni.", "L’art. 18 resta."]),
    ("it", ["Case, auto, ecc.", "Tutto distrutto."]),
    ("it", ["Il n. 10 è chiuso.", "Si veda pag. 4."]),
    # Portuguese
    ("pt", ["O Sr. Silva chegou.", "A Dra. Costa não veio."]),
    ("pt", ["“Acabou”, disse ele.", "“Por quê?”, perguntou ela."]),
    ("pt", ["O art. 5 proíbe.", "O n. 10 está fechado."]),
    ("pt", ["Custou R$ 3,5 milhões.", "É muito!"]),
    ("pt", ["Casas, carros, etc.", "Tudo ardeu."]),
    # Arabic
    ("ar", ["وصل الوزير إلى باريس.", "وغادر في المساء."]),
    ("ar", ["هل هذا صحيح؟", "نعم!", "لا أحد يعرف."]),
    ("ar", ["قال د. سامي إن العدد 3.5 مليون.", "ولم يعلق."]),
    ("ar", ["«انتهى الأمر»، قال الرجل.", "ثم خرج."]),
    # Japanese
    ("ja", ["警察は男を逮捕した。", "けが人はいなかった。"]),
    ("ja", ["「もう終わりだ。」と彼は言った。", "誰も答えなかった。"]),
    ("ja", ["「はい。そうです」と語った。", "会見は10時に終わった。"]),
    ("ja", ["本当？", "嘘！", "3.5％増えた。"]),
    ("ja", ["首相（当時。後に辞任）は出席した。", "大臣は欠席した。"]),
]
