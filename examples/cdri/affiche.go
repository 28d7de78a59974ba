package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/droits"
)

// affiche writes an answer, masked unless -clair.
func (c *commande) affiche(w io.Writer, r *cdri.Reponse) error {
	if c.enJSON {
		return c.json(w, r)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "issue : %s (%s) %s\n", r.Issue.Sens, r.Issue.Code, c.texte(r.Issue.Libelle))
	for _, m := range r.Messages {
		fmt.Fprintf(&b, "message : %s %s\n", m.Code, c.texte(m.Libelle))
	}
	if a := r.Droits; a != nil {
		c.droits(&b, a)
	}
	for _, a := range r.Anomalies {
		fmt.Fprintln(&b, a)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *commande) droits(b *strings.Builder, a *droits.Acquisition) {
	p := &a.Beneficiaire
	fmt.Fprintf(b, "bénéficiaire : %s %s, né le %s, rang %s ; assuré %s\n", c.texte(p.Nom), c.texte(p.Prenom), c.texte(p.Naissance), p.Rang, c.texte(a.Assure.NIR))
	fmt.Fprintf(b, "organisme : %s, pièce %s, droits %s\n", a.Organisme, a.PieceAMO, periodes(a.Periodes))
	codes(b, "exonération", a.ETM)
	codes(b, "modulation", a.MTM)
	codes(b, "contrat", a.Contrats)
	codes(b, "situation", a.Situations)
	if g := a.Grossesse; g != nil {
		fmt.Fprintf(b, "maternité : début %s, accouchement %s, %s\n", g.DebutGrossesse, g.Accouchement, periodes(g.Periodes))
	}
	for _, at := range a.AT {
		fmt.Fprintf(b, "accident : organisme %s, %s\n", at.Organisme, periodes([]simphonie.Periode{at.Periode}))
	}
	if m := a.MedecinTraitant; m != nil {
		fmt.Fprintf(b, "médecin traitant déclaré : %s, %s\n", c.texte(m.Nom), periodes([]simphonie.Periode{m.Periode}))
	}
}

func codes[C ~string](b *strings.Builder, quoi string, ds []droits.Droit[C]) {
	for _, d := range ds {
		fmt.Fprintf(b, "%s : %s %s\n", quoi, string(d.Code), periodes(d.Periodes))
	}
}

// periodes writes spans; an open end is a dash.
func periodes(ps []simphonie.Periode) string {
	var s []string
	for _, p := range ps {
		s = append(s, fmt.Sprintf("[%s → %s]", ouTiret(p.Du), ouTiret(p.Au)))
	}
	return strings.Join(s, " ")
}

func ouTiret(j simphonie.Jour) string {
	if j.IsZero() {
		return "–"
	}
	return j.String()
}

// json writes a value on one line.
func (c *commande) json(w io.Writer, v any) error {
	ecrit := json.Marshal
	if c.clair {
		ecrit = simphonie.MarshalEnClair
	}
	b, err := ecrit(v)
	if err == nil {
		_, err = fmt.Fprintf(w, "%s\n", b)
	}
	return err
}

// texte shows a personal value, or its mask.
func (c *commande) texte(v simphonie.Clairable) string {
	if c.clair {
		return v.Clair()
	}
	return fmt.Sprint(v)
}
