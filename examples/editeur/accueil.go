package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/datamatrix"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/urgences"
)

// admission is what the desk learns of a patient who comes in.
type admission struct {
	IPP     string
	Traits  insi.Traits
	Passage urgences.Passage
	// Papier are the rights that the agent read on the patient's attestation.
	Papier droits.Acquisition
	// Scan is what the reader made of the complementary cover's attestation.
	Scan simphonie.Confidentiel
}

// accueille keeps a patient and a visit, with INSi's identity and CDRi's rights.
// A service that does not answer stops nobody: the agent is told.
func (g *gap) accueille(ctx context.Context, a *admission) error {
	couverture, anomalies := lisAttestation(a.Scan)
	textes := messages(anomalies)

	identite := insi.Identite{Traits: a.Traits}
	if r, err := g.insi.Recherche(ctx, insi.Demande{EJ: g.ej, Traits: a.Traits}); err != nil {
		p, _ := insi.PanneDe(err)
		textes = append(textes, "INSi : "+p.Texte+" "+p.Conduite)
	} else {
		identite.INS = r.Individu
		textes = append(textes, messages(r.Suites)...)
	}

	acquisitions := []droits.Acquisition{a.Papier}
	b := &a.Papier.Beneficiaire
	switch r, err := g.cdri.Consulte(ctx, cdri.Demande{EJ: g.ej, Moment: cdri.Admission, Assure: a.Papier.Assure.NIR, Naissance: b.Naissance,
		Rang: b.Rang, Regime: a.Papier.Organisme.Regime, DateReference: simphonie.JourOf(a.Passage.DebutSoins)}); {
	case err != nil:
		p, _ := cdri.PanneDe(err)
		textes = append(textes, "CDRi : "+p.Texte+" "+p.Conduite)
	case r.Droits == nil:
		textes = append(textes, "CDRi : "+r.Issue.Sens.String())
	default:
		acquisitions = append(acquisitions, *r.Droits)
		textes = append(textes, messages(r.Anomalies)...)
	}

	return g.base.ecrit(ctx, func(t *tx) {
		venue := a.Passage.Venue
		t.met(`INSERT INTO patients VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET identite = excluded.identite, statut = excluded.statut`, a.IPP, identite, string(identite.Statut()))
		t.met(`INSERT INTO venues VALUES (?, ?, ?)`, venue, a.IPP, a.Passage)
		for i, x := range acquisitions {
			t.met(`INSERT INTO acquisitions VALUES (?, ?, ?, ?)`, venue, int64(i), string(x.Support), x)
		}
		if couverture != nil {
			t.met(`INSERT INTO couvertures VALUES (?, ?, ?)`, venue, string(couverture.Cle.Numero), couverture)
		}
		t.alerte(venue, textes...)
	})
}

// lisAttestation gives the cover for care without a stay, none if the code does
// not say one.
func lisAttestation(scan simphonie.Confidentiel) (*roc.Couverture, simphonie.Anomalies) {
	l, err := datamatrix.ParseText(scan.Clair(), datamatrix.OptionsTexte{})
	if e, mal := errors.AsType[*datamatrix.Erreur](err); mal {
		return nil, simphonie.Anomalies{{Code: e.Code, Message: e.Message()}}
	}
	a, ok := l.Valeur.(datamatrix.AttestationAMC)
	if !ok {
		return nil, simphonie.Anomalies{{Message: "Ce code n'est pas celui d'une attestation de complémentaire."}}
	}
	cles, anomalies := a.Cles(nil, simphonie.Externe)
	if len(cles) == 0 {
		return nil, anomalies
	}
	return &roc.Couverture{Cle: cles[0], Adherent: a.NumeroAdherent}, append(l.Anomalies(), anomalies...)
}

// messages gives the texts for the agent; anomalies never repeat personal data.
func messages(as simphonie.Anomalies) []string {
	var ts []string
	for _, a := range as {
		ts = append(ts, a.Message)
	}
	return ts
}

// preference is the order in which the desk believes what it is shown.
var preference = droits.Preference{droits.SupportCDRi, droits.SupportVitale, droits.SupportAttestation}

// chiffre prices a visit on the merged rights and keeps the invoice; one that
// cannot be billed is left to an agent.
func (g *gap) chiffre(ctx context.Context, numero string) error {
	v, err := g.base.venue(ctx, numero)
	if err != nil {
		return err
	}
	if d := v.Dossier; d != nil && (d.Calcul != nil || d.Suspens != nil) {
		return errors.New("editeur: the insurer is committed, or may be: annul its CLC first")
	}
	r, err := urgences.Compute(&v.Passage, g.tarifs)
	if err != nil {
		return err
	}
	return g.base.ecrit(ctx, func(t *tx) {
		t.alerte(numero, messages(append(v.Droits.Anomalies, r.Anomalies...))...)
		if r.Issue != urgences.Facturable {
			t.alerte(numero, fmt.Sprintf("Passage %s (%s).", r.Issue, r.Motif))
			return
		}
		t.facture(&r.Facture)
	})
}
