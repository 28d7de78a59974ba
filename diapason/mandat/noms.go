package mandat

import "github.com/simphonie/simphonie"

const service = "diapason"

func nomDe(noms []string, i uint8) string {
	if int(i) < len(noms) {
		return noms[i]
	}
	return "?"
}

// lisNom reads one of the texts of a list; the first is no value.
func lisNom[T ~uint8](v *T, noms []string, b []byte, champ string) error {
	for i, n := range noms {
		if i > 0 && n == string(b) {
			*v = T(i)
			return nil
		}
	}
	return &simphonie.Erreur{Code: "DIA-VALEUR", Service: service, Chemin: champ, Detail: "not one of the documented texts", Err: simphonie.ErrSyntaxe}
}
