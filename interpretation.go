package simphonie

// Interpretation is an open question of the texts that an engine answers by a
// setting: the question, where it comes from, the answers and the default one.
// The value of the setting is a field of the engine's Interpretations; the
// explanation of a result names the answer whenever it decided something.
type Interpretation struct {
	Code     Code     `json:"code"`
	Source   string   `json:"source"`
	Question string   `json:"question"`
	Choix    []string `json:"choix"` // the first is the default
}

// Lecture is the rule that an explanation quotes when the answer mattered.
func (i *Interpretation) Lecture() *Regle {
	return &Regle{Code: i.Code, Source: i.Source, Message: i.Question + " Lecture retenue [INF] : {0}."}
}

// Lit gives the rank of an answer by its name.
func (i *Interpretation) Lit(nom string) (uint8, error) {
	for n, c := range i.Choix {
		if c == nom {
			return uint8(n), nil
		}
	}
	return 0, &Erreur{Code: "ID-INTERPRETATION", Chemin: string(i.Code), Detail: "unknown answer: one of the documented choices is wanted", Err: ErrSyntaxe}
}
