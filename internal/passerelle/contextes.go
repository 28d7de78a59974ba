package passerelle

// nirNum and nirCle are the forms of a number and its key in the contexts.
var (
	nirNum = Motif(`\d{6}[AB0-9]\d{6}`)
	nirCle = Motif(`\d{2}`)
)

// ctxBAM is ContexteBAM V01_02.
var ctxBAM = Modele{
	Nom:        "ContexteBAM",
	Attributs:  map[string]func(string) bool{"Version": Egal("01_02"), "Nature": Egal("CTXBAM")},
	Optionnels: []string{"Nature"},
	Enfants: []Modele{
		{Nom: "Id", Min: 1, Texte: NonVide},
		{Nom: "Temps", Min: 1, Texte: DateHeure},
		{Nom: "Emetteur"},
		{Nom: "DateRef", Texte: DateHeure},
		{Nom: "COUVERTURE", Min: 1, Enfants: []Modele{
			{Nom: "GrandRegime"},
			{Nom: "Organisme"},
			{Nom: "CodeCentre"},
			{Nom: "ASSURE", Enfants: []Modele{
				{Nom: "Id", Enfants: []Modele{{Nom: "Num", Texte: nirNum}, {Nom: "Cle", Texte: nirCle}}},
			}},
			{Nom: "BENEFICIAIRE", Enfants: []Modele{
				{Nom: "Nir", Enfants: []Modele{{Nom: "Num", Texte: nirNum}, {Nom: "Cle", Texte: nirCle}, {Nom: "DateCertification", Texte: Date}}},
				{Nom: "DateNai", Texte: DateLunaire},
				{Nom: "Rang", Texte: Motif(`[+-]?\d+`)},
				{Nom: "Porteur", Texte: Motif(`\d`)},
			}},
		}},
	},
}

// ctxLPS is ContexteLPS V01_00. The schema lets LPS and IDAM be absent; the
// gateway then knows no software, and that has a fault of its own.
var ctxLPS = Modele{
	Nom:        "ContexteLPS",
	Attributs:  map[string]func(string) bool{"Version": Egal("01_00"), "Nature": Egal("CTXLPS")},
	Optionnels: []string{"Nature"},
	Enfants: []Modele{
		{Nom: "Id", Min: 1, Texte: NonVide},
		{Nom: "Temps", Min: 1, Texte: DateHeure},
		{Nom: "Emetteur"},
		{Nom: "LPS", Enfants: []Modele{
			{Nom: "IDAM", Attributs: map[string]func(string) bool{"R": Egal("4")}},
			{Nom: "Version"},
			{Nom: "Instance"},
			{Nom: "Nom"},
		}},
	},
}
