package payfip

// Apres gives the state after a result, for the table of tests.
func Apres(e Etat, r Resultat) (Etat, bool) { return e.apres(r) }
