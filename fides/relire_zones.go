package fides

import (
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// valeur gives a datum of the envelope that reading computes.
func (l *Lecture) valeur(donnee string) (string, bool) {
	switch donnee {
	case "lots":
		return strconv.Itoa(l.lots), true
	case "factures", "enregistrements", "amo", "oc", "depense":
		return l.compte.valeur(donnee), true
	case "factures-lot", "enregistrements-lot", "amo-lot", "oc-lot", "depense-lot":
		return l.duLot.valeur(strings.TrimSuffix(donnee, "-lot")), true
	}
	return "", false
}

// sansBords gives the value of a zone without what fills it.
func sansBords(z *zone, s string) string {
	if z.numerique && !z.blanc {
		return strings.TrimLeft(s, "0")
	}
	return strings.TrimRight(s, " ")
}

// lis makes an invoice of its records.
func (l *Lecture) lis(b *b2.Bloc) *FactureLue {
	f := &FactureLue{Anomalies: b.Anomalies}
	for _, r := range b.Records {
		switch r.Type() {
		case b2.T2, b2.T2S, b2.T3, b2.T4, b2.T4S, b2.T5, b2.T3F, b2.T3H, b2.T4B, b2.T4H, b2.T4M:
			v, _ := r.Decode(l.o.Siecle) // the faults of its zones are among the anomalies
			f.prend(v)
		}
	}
	if l.premiere == (Destination{}) {
		l.premiere = f.Destination
	}
	if d, attendue := f.Destination, l.destination(); d != attendue {
		f.Anomalies = append(f.Anomalies, regDestination.Anomalie("ligne "+strconv.Itoa(b.Records[0].Ligne()),
			string(f.Numero), d.String(), attendue.String()))
	}
	return f
}

// destination gives that of the file: what its envelope says, else that of its
// first invoice.
func (l *Lecture) destination() Destination {
	r, ok1 := l.vus["regime"]
	c, ok2 := l.vus["caisse"]
	if !ok1 || !ok2 {
		return l.premiere
	}
	return Destination{gauche(r, 2), gauche(c, 3)}
}

// gauche puts back the zeros of a code.
func gauche(s string, n int) string {
	return strings.Repeat("0", max(0, n-len(s))) + s
}

// prend takes what a record says of the invoice.
func (f *FactureLue) prend(v b2.Enregistrement) {
	switch v := v.(type) {
	case *b2.Type2:
		f.Numero, f.Venue, f.FINESS = v.Facture, v.NumeroEntree, v.FINESS
		f.Destination = Destination{v.Organisme.Regime, v.Organisme.Caisse}
		f.Nature, f.Exoneration, f.Eclatement, f.OC = v.NatureAssurance, v.Exoneration, v.Eclatement, v.OrganismeComplementaire
	case *b2.Type2S:
		f.Indicateur = v.IndicateurParcours
	case *b2.Type3:
		f.Lignes = append(f.Lignes, LigneLue{Type: b2.T3, Code: v.Acte.Code, Quantite: v.Quantite, Exoneration: v.Exoneration,
			Qualificatif: v.Qualificatif, Domaine: v.Domaine, AMO: v.MontantAMO, OC: v.MontantOC, Total: v.MontantTotal,
			Majoration: v.Acte.Suite, Coefficient: v.Coefficient, Base: v.BaseRemboursement, Taux: v.Taux, Participation: v.ParticipationAssure})
	case *b2.Type4:
		f.Lignes = append(f.Lignes, LigneLue{Type: b2.T4, Code: v.Acte.Code, Jour: v.DateSoins, Quantite: v.Quantite,
			Exoneration: v.Exoneration, Qualificatif: v.Qualificatif, AMO: v.MontantAMO, OC: v.MontantOC, Total: v.Honoraires,
			Majoration: v.Acte.Suite, Coefficient: v.Coefficient, Base: v.BaseRemboursement, Taux: v.Taux})
	case *b2.Type4S:
		if n := len(f.Lignes); n > 0 {
			f.Lignes[n-1].Domaine, f.Lignes[n-1].Participation = v.Domaine, v.ParticipationAssure
		}
	case *b2.Type3F, *b2.Type3H, *b2.Type4B, *b2.Type4H, *b2.Type4M:
		if n := len(f.Lignes); n > 0 {
			f.Lignes[n-1].Details = append(f.Lignes[n-1].Details, v)
		}
	case *b2.Type5:
		f.Totaux = v.Totaux
	}
}

// Total gives the sum of the lines.
func (f *FactureLue) Total() (simphonie.Montant, error) {
	var t simphonie.Montant
	for i := range f.Lignes {
		var err error
		if t, err = t.Add(f.Lignes[i].Total); err != nil {
			return 0, err
		}
	}
	return t, nil
}
