package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/insi"
)

// issues are the outcomes as an agent reads them.
var issues = map[insi.CodeCR]string{insi.Trouvee: "une identité", insi.Aucune: "aucune identité", insi.Plusieurs: "plusieurs identités", "": "pas de réponse"}

// affiche writes a search, masked unless -clair.
func (c *commande) affiche(w io.Writer, r *insi.Recherche) error {
	if c.enJSON {
		ecrit := json.Marshal
		if c.clair {
			ecrit = simphonie.MarshalEnClair
		}
		b, err := ecrit(r)
		if err == nil {
			_, err = fmt.Fprintf(w, "%s\n", b)
		}
		return err
	}
	var b strings.Builder
	for i, t := range r.Tentatives {
		fmt.Fprintf(&b, "appel %d : %s", i+1, t.Critere)
		if t.Rang > 0 {
			fmt.Fprintf(&b, " %d", t.Rang)
		}
		if t.AvecLieu {
			b.WriteString(" + lieu")
		}
		fmt.Fprintf(&b, " → %s%s (%d ms, %s)\n", t.Code, t.Erreur, t.Duree.Milliseconds(), t.MessageID)
	}
	fmt.Fprintf(&b, "résultat : %s\n", issues[r.Issue])
	if i := r.Individu; i != nil {
		fmt.Fprintf(&b, "matricule %s, %s (%s, %s)\n", c.texte(i.Actif.NIR()), i.Actif.OID.Libelle(), i.Actif.OID, i.Environnement)
		for _, h := range i.Historique {
			fmt.Fprintf(&b, "ancien matricule %s, %s\n", c.texte(h.NIR()), h.OID.Libelle())
		}
		t := i.Traits
		fmt.Fprintf(&b, "traits : %s, %s, %s, %s, %s\n", c.texte(t.Nom), c.texte(t.Prenoms), t.Sexe, c.texte(t.Naissance), c.texte(t.Lieu))
	}
	for _, e := range r.Ecarts {
		fmt.Fprintf(&b, "écart : %s (%s)\n", e.Trait, e.Nature)
	}
	for _, a := range append(r.Anomalies, r.Suites...) {
		fmt.Fprintln(&b, a)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// texte shows a personal value, or its mask.
func (c *commande) texte(v simphonie.Clairable) string {
	if c.clair {
		return v.Clair()
	}
	return fmt.Sprint(v)
}
