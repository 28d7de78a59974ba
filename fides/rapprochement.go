package fides

import (
	"cmp"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/b2"
)

// Solde is what a debtor owes of an invoice, and where the file shows it.
type Solde struct {
	Debiteur simphonie.Debiteur
	Du       simphonie.Montant // by the priced invoice
	// Zones is what stands in the zones of the debtor: of the AMO (0394,
	// 04108), of the complementary body of the C2S or of the AME (03122, 04123).
	Zones simphonie.Montant
	// Lignes is what the lines ask beyond those zones, when the debtor has none:
	// the patient, or an insurer who is billed apart.
	Lignes simphonie.Montant
	// HorsZones is what no zone shows when totals are MRO + MRC (RG_MF620): the
	// participation forfaitaire, an overrun, what is not reimbursed. The file
	// does not prove it.
	HorsZones simphonie.Montant
}

// Retrouve says that every cent of the debt is shown by the file, or is of what
// no zone of it shows.
func (s *Solde) Retrouve() bool { return s.Zones+s.Lignes+s.HorsZones == s.Du }

// groupe is the lines of a code and day. A type 3 has no day of its own.
type groupe struct {
	code string
	jour simphonie.Jour
}

// bilan is what is due and what is found of a group.
type bilan struct {
	du             map[simphonie.Debiteur]simphonie.Montant
	ordre          []simphonie.Debiteur
	amo, oc, reste simphonie.Montant
	// tu is what the priced lines of external care ask beyond MRO + MRC: nothing of
	// an emergency visit is.
	tu          simphonie.Montant
	prevue, lue bool
}

// Rapprocher proves that the invoices that were read hold every euro of a
// priced invoice, line by line and debtor by debtor, and none more. The part of
// the patient is compared to the lines, never derived from totals of the norme.
func Rapprocher(f *facture.Facture, lues ...*FactureLue) ([]Solde, simphonie.Anomalies) {
	if len(lues) == 0 {
		return nil, simphonie.Anomalies{regFactureAbsente.Anomalie("factures")}
	}
	types := map[string]b2.Type{}
	gs := map[groupe]*bilan{}
	var oc simphonie.Debiteur
	var totaux simphonie.Montant
	var as simphonie.Anomalies
	for _, lue := range lues {
		if sansZeros(lue.Venue) != sansZeros(f.Venue) || string(lue.FINESS) != f.FINESS.NormeB2() {
			as = append(as, regFactureAutre.Anomalie("venue", string(lue.Numero)))
		}
		if lue.OC != "" {
			oc = simphonie.AMC(lue.OC)
		}
		totaux += lue.Totaux.CaissePH + lue.Totaux.CaisseHonoraires
		for i := range lue.Lignes {
			l := &lue.Lignes[i]
			types[l.Code] = l.Type
			g := bilanDe(gs, groupe{l.Code, l.Jour})
			g.lue = true
			g.amo, g.oc, g.reste = g.amo+l.AMO, g.oc+l.OC, g.reste+l.Total-l.AMO-l.OC
		}
	}
	for _, a := range f.Verify() {
		if a.Code == "FAC-DEPASSEMENT" { // sums that wrap around prove nothing
			as = append(as, a)
		}
	}
	prevoit(f, gs, types)
	soldes, ecarts := solde(gs, oc)
	as = append(as, ecarts...)
	amo, err := f.TotalPar(simphonie.AMO)
	if err != nil || amo != totaux {
		as = append(as, regEcartTotal.Anomalie("type 5", totaux.String(), amo.String()))
	}
	return soldes, as
}

func sansZeros(s string) string { return strings.TrimLeft(s, "0") }

func bilanDe(gs map[groupe]*bilan, k groupe) *bilan {
	g := gs[k]
	if g == nil {
		g = &bilan{du: map[simphonie.Debiteur]simphonie.Montant{}}
		gs[k] = g
	}
	return g
}

// prevoit adds what is due.
func prevoit(f *facture.Facture, gs map[groupe]*bilan, types map[string]b2.Type) {
	cle := func(l *facture.Ligne) groupe {
		if types[string(l.Code)] == b2.T3 {
			return groupe{code: string(l.Code)}
		}
		return groupe{string(l.Code), l.Execution}
	}
	for i := range f.Lignes {
		l := &f.Lignes[i]
		g := bilanDe(gs, cle(l))
		g.prevue = true
		if l.Detail.Acte != nil {
			g.tu += l.Honoraires - l.MRO - l.MRC
		}
	}
	for _, p := range f.Parts {
		var k groupe // of a part without a line: due, and found nowhere
		if p.Ligne >= 0 && p.Ligne < len(f.Lignes) {
			k = cle(&f.Lignes[p.Ligne])
		}
		g := bilanDe(gs, k)
		if _, vu := g.du[p.Debiteur]; !vu {
			g.ordre = append(g.ordre, p.Debiteur)
		}
		g.du[p.Debiteur] += p.Montant
	}
}

// solde compares each group, and adds up by debtor.
func solde(gs map[groupe]*bilan, oc simphonie.Debiteur) ([]Solde, simphonie.Anomalies) {
	var as simphonie.Anomalies
	var soldes soldes
	litteral := totauxLitteraux(gs, oc)
	for _, k := range ordonnes(gs) {
		g := gs[k]
		if !litteral {
			g.tu = 0
		}
		if g.lue && !g.prevue {
			as = append(as, regLigneEnTrop.Anomalie("lignes", k.code))
		}
		if oc.IsZero() { // the zone names nobody: it only informs
			g.reste, g.oc = g.reste+g.oc, 0
		}
		for _, x := range [...]struct {
			nom        string
			du, trouve simphonie.Montant
		}{{"amo", g.du[simphonie.AMO], g.amo}, {oc.String(), g.du[oc], g.oc}, {"patient ou organisme facturé à part", g.apart(oc), g.reste + g.tu}} {
			if x.du != x.trouve {
				as = append(as, regEcartLigne.Anomalie("lignes", k.code, x.du.String(), x.nom, x.trouve.String()))
			}
		}
		soldes.ajoute(g, oc)
	}
	return soldes, as
}

// totauxLitteraux says that the totals of the lines are MRO + MRC, and not what
// is asked: some line only agrees with the first.
func totauxLitteraux(gs map[groupe]*bilan, oc simphonie.Debiteur) bool {
	for _, g := range gs {
		reste := g.reste
		if oc.IsZero() {
			reste += g.oc
		}
		if g.tu != 0 && g.apart(oc) == reste+g.tu {
			return true
		}
	}
	return false
}

// apart is what those who have no zone of their own owe.
func (g *bilan) apart(oc simphonie.Debiteur) (total simphonie.Montant) {
	for d, m := range g.du {
		if d != simphonie.AMO && d != oc {
			total += m
		}
	}
	return total
}

// soldes is one balance a debtor, in the order in which they come.
type soldes []Solde

func (s *soldes) de(d simphonie.Debiteur) *Solde {
	i := slices.IndexFunc(*s, func(x Solde) bool { return x.Debiteur == d })
	if i < 0 {
		*s, i = append(*s, Solde{Debiteur: d}), len(*s)
	}
	return &(*s)[i]
}

// ajoute adds a group. The lines show the sum of those who have no zone: when
// there are several, the first of them bears what is missing or too much.
func (s *soldes) ajoute(g *bilan, oc simphonie.Debiteur) {
	if g.amo != 0 {
		s.de(simphonie.AMO).Zones += g.amo
	}
	if g.oc != 0 {
		s.de(oc).Zones += g.oc
	}
	ecart, tu := g.reste+g.tu-g.apart(oc), g.tu
	for _, d := range g.ordre {
		x := s.de(d)
		x.Du += g.du[d]
		if d != simphonie.AMO && d != oc {
			cache := min(tu, g.du[d])
			x.Lignes += g.du[d] + ecart - cache
			x.HorsZones += cache
			ecart, tu = 0, tu-cache
		}
	}
}

// ordonnes gives the groups by code and day.
func ordonnes(gs map[groupe]*bilan) []groupe {
	ks := make([]groupe, 0, len(gs))
	for k := range gs {
		ks = append(ks, k)
	}
	slices.SortFunc(ks, func(a, b groupe) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.jour.DaysSince(simphonie.Jour{}), b.jour.DaysSince(simphonie.Jour{})))
	})
	return ks
}
