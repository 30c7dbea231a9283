"""Words around names and in them: courtesy titles, functions, organisations, particles."""

CIVILITIES = {
    *("m", "mr", "mme", "mlle", "mmes", "mm", "monsieur", "madame", "mademoiselle", "mrs", "ms", "miss"),
    *("dr", "docteur", "pr", "prof", "professeur", "me", "maître", "herr", "frau", "sr", "sra", "sig"),
}
# After a comma they say what somebody is, not their name.
TITLES = CIVILITIES | {
    *("jr", "ii", "iii", "phd", "md", "msc", "esq", "avocat", "avocate", "notaire", "médecin", "infirmier"),
    *(
        "infirmière",
        "pharmacien",
        "pharmacienne",
        "psychologue",
        "orthophoniste",
        "kinésithérapeute",
        "retraité",
    ),
    *(
        "retraitée",
        "directeur",
        "directrice",
        "président",
        "présidente",
        "secrétaire",
        "trésorier",
        "trésorière",
    ),
    *(
        "éducateur",
        "éducatrice",
        "enseignant",
        "enseignante",
        "assistant",
        "assistante",
        "responsable",
        "gérant",
    ),
    *("gérante", "architecte", "élu", "élue", "maire", "adjoint", "adjointe"),
}
# The first word of an organisation's name; elsewhere in a name, many are family names too.
ORGANISATIONS = {
    *(
        "association",
        "asso",
        "mairie",
        "métropole",
        "ville",
        "commune",
        "département",
        "région",
        "préfecture",
    ),
    *(
        "service",
        "services",
        "direction",
        "secrétariat",
        "accueil",
        "cabinet",
        "étude",
        "société",
        "entreprise",
    ),
    *("syndic", "syndicat", "régie", "agence", "office", "collège", "lycée", "école", "crèche", "université"),
    *(
        "hôpital",
        "clinique",
        "centre",
        "maison",
        "foyer",
        "ccas",
        "caf",
        "cpam",
        "mdph",
        "ehpad",
        "collectif",
    ),
    *(
        "portail",
        "plateforme",
        "site",
        "formulaire",
        "téléservice",
        "guichet",
        "boîte",
        "no-reply",
        "noreply",
    ),
    *("copieur", "photocopieur", "imprimante", "scanner", "scan", "fax", "télécopie", "serveur"),
    *("chu", "chru", "hcl", "aphp", "ap-hp", "udaf", "caisse", "croix-rouge", "secours", "restos", "emmaüs"),
    *(
        "mission",
        "pmi",
        "cmp",
        "cada",
        "chrs",
        "tribunal",
        "commissariat",
        "gendarmerie",
        "police",
        "résidence",
    ),
    *(
        "pharmacie",
        "laboratoire",
        "bibliothèque",
        "plateforme",
        "unité",
        "pôle",
        "dispositif",
        "adoma",
        "mjc",
    ),
    *("sous-préfecture", "conseil", "institut", "groupe", "réseau", "sdis", "samusocial"),
    *("comité", "fédération", "fondation", "banque", "mutuelle", "équipe", "support", "contact", "info"),
}
COMPANIES = {
    *("sarl", "sas", "sasu", "eurl", "sci", "snc", "scop", "selarl", "gmbh", "ltd", "llc", "inc", "bv")
}
# Before a family name and part of it; some are given names too.
PARTICLES = {
    *(
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "el",
        "al",
        "van",
        "von",
        "den",
        "der",
        "da",
        "dos",
        "di",
        "ould",
    ),
    *("ben", "bin"),
}
GIVEN_TOO = {"ben", "bin", "al", "von", "van"}
PILGRIM = {"hadj", "hadji", "haj", "hajj"}  # « El Hadj » Diop is a given name
FAMILIES = {"famille", "family"}
TOGETHER = {"et", "and", "&", "ou"}
