package simphonie

import "slices"

// Interpretation is an open question of the texts that an engine answers by a
// setting: the question, where it comes from, and the answers. The value of the
// setting is a field of the engine's Interpretations; the explanation of a
// result names the answer whenever it decided something.
type Interpretation struct {
	Code     Code     `json:"code"`
	Source   string   `json:"source"`
	Question string   `json:"question"`
	Choix    []string `json:"choix"` // the first is taken when nothing is said
}

// Lecture is the rule that an explanation quotes when the answer mattered.
func (i *Interpretation) Lecture() *Regle {
	return &Regle{Code: i.Code, Source: i.Source, Message: i.Question + " Lecture retenue [INF] : {0}."}
}

// Retenu gives the answer in force: the one given, or the default.
func (i *Interpretation) Retenu(donne string) string {
	if donne == "" {
		return i.Choix[0]
	}
	return donne
}

// Verifie refuses an answer that is not one of the choices; none is the default.
func (i *Interpretation) Verifie(donne string) error {
	if donne == "" || slices.Contains(i.Choix, donne) {
		return nil
	}
	return &Erreur{Code: "ID-INTERPRETATION", Chemin: string(i.Code), Detail: "unknown answer: one of the documented choices is wanted", Err: ErrSyntaxe}
}
