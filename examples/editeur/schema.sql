-- Tables of the editor. Those of the journal stand beside them (sqljournal.Schema).
CREATE TABLE IF NOT EXISTS patients (
	ipp TEXT PRIMARY KEY,
	identite BLOB NOT NULL, -- insi.Identite, in clear
	statut TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS venues (
	venue TEXT PRIMARY KEY,
	ipp TEXT NOT NULL REFERENCES patients,
	passage BLOB NOT NULL -- urgences.Passage, in clear
) STRICT;
CREATE TABLE IF NOT EXISTS acquisitions ( -- as received, never changed
	venue TEXT NOT NULL REFERENCES venues,
	rang INTEGER NOT NULL,
	support TEXT NOT NULL,
	droits BLOB NOT NULL, -- droits.Acquisition, in clear
	PRIMARY KEY (venue, rang)
) STRICT;
CREATE TABLE IF NOT EXISTS couvertures (
	venue TEXT PRIMARY KEY REFERENCES venues,
	amc TEXT NOT NULL,
	couverture BLOB NOT NULL -- roc.Couverture, in clear
) STRICT;
CREATE TABLE IF NOT EXISTS factures (
	venue TEXT PRIMARY KEY REFERENCES venues,
	facture BLOB NOT NULL, -- facture.Facture as the engine made it
	total INTEGER NOT NULL -- cents
) STRICT;
CREATE TABLE IF NOT EXISTS lignes (
	venue TEXT NOT NULL REFERENCES factures,
	rang INTEGER NOT NULL,
	code TEXT NOT NULL,
	honoraires INTEGER NOT NULL, -- cents
	PRIMARY KEY (venue, rang)
) STRICT;
CREATE TABLE IF NOT EXISTS parts ( -- who owes what now
	venue TEXT NOT NULL,
	ligne INTEGER NOT NULL,
	debiteur TEXT NOT NULL,
	etat TEXT NOT NULL,
	montant INTEGER NOT NULL,
	PRIMARY KEY (venue, ligne, debiteur),
	FOREIGN KEY (venue, ligne) REFERENCES lignes
) STRICT;
CREATE TABLE IF NOT EXISTS dossiers_roc (
	venue TEXT PRIMARY KEY REFERENCES couvertures,
	dossier BLOB NOT NULL, -- dossier.Encode
	en_cours INTEGER NOT NULL -- 1 while a call that commits money awaits its answer
) STRICT;
CREATE TABLE IF NOT EXISTS alertes ( -- what an agent reads; nothing personal
	venue TEXT NOT NULL REFERENCES venues,
	texte TEXT NOT NULL,
	UNIQUE (venue, texte)
) STRICT;
