package fides

import (
	"io"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// Verifier tells a billing agent what the writer of records would refuse: the
// width, the characters and the form of what the caller gave, with the codes of
// package b2. Wrong settings are an error.
func (x *Facture) Verifier(g b2.Reglages) (simphonie.Anomalies, error) {
	w, err := b2.NewWriter(io.Discard, g)
	if err != nil {
		return nil, err
	}
	table := g.Table
	if table == nil {
		table = b2.TableFIDES()
	}
	var as simphonie.Anomalies
	for _, e := range b2.Erreurs(w.WriteFacture(x.Records...)) {
		if r, ok := reglesB2[e.Code]; ok {
			as = append(as, r.Anomalie(cheminB2(e), e.Chemin, libelle(table, x, e)))
		}
	}
	return as, nil
}

// reglesB2 are the rules of the codec, by code.
var reglesB2 = func() map[simphonie.Code]simphonie.Regle {
	m := map[simphonie.Code]simphonie.Regle{}
	for _, r := range b2.Regles() {
		m[r.Code] = r
	}
	return m
}()

func cheminB2(e *simphonie.Erreur) string {
	c := "enregistrement " + strconv.Itoa(e.Ligne)
	if e.Chemin != "" {
		c += ", zone " + e.Chemin
	}
	return c
}

// libelle gives the name of the zone of an error.
func libelle(t *b2.Table, x *Facture, e *simphonie.Erreur) string {
	if e.Ligne < 1 || e.Ligne > len(x.Records) {
		return ""
	}
	zs := t.Zones(x.Records[e.Ligne-1].Type())
	if i := slices.IndexFunc(zs, func(z b2.Zone) bool { return z.ID == e.Chemin }); i >= 0 {
		return zs[i].Libelle
	}
	return ""
}
