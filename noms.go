package simphonie

// noms is the text form of a closed list of values numbered from 1; 0 is unset
// and writes as "".
type noms[T ~uint8] struct {
	liste  string
	textes []string
}

func (n noms[T]) texte(v T) string {
	if int(v) < len(n.textes) {
		return n.textes[v]
	}
	return "inconnu"
}

func (n noms[T]) lit(v *T, b []byte) error {
	for i, t := range n.textes {
		if t == string(b) {
			*v = T(i)
			return nil
		}
	}
	return &Erreur{Code: "ID-LISTE", Chemin: n.liste, Detail: "unknown value: one of the documented words is wanted", Err: ErrSyntaxe}
}
