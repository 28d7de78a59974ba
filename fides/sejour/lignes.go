package sejour

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// tranche is days of a base that one line may hold.
type tranche struct {
	code      tarif.Code
	du, au    simphonie.Jour
	prix      simphonie.Prix // a day; of the whole when it cannot be divided
	entiere   bool
	reference string
	decision  decisionTM
}

// quantite is the number of days, or one when the base cannot be divided.
func (t *tranche) quantite() int {
	if t.entiere {
		return 1
	}
	return t.au.DaysSince(t.du) + 1
}

// suit says that a tranche goes on with another: the next day, all else equal.
func (t *tranche) suit(u *tranche) bool {
	return !t.entiere && !u.entiere && t.code == u.code && t.du == u.au.AddDays(1) &&
		t.prix == u.prix && t.reference == u.reference && t.decision == u.decision
}

// tranches cuts the bases where price or rights change, and joins adjacent days
// that nothing tells apart, however the caller had cut them.
func (m *moteur) tranches() []tranche {
	var ts []tranche
	for _, b := range m.basesTriees() {
		if b.Montant != 0 {
			if t, ok := m.indivise(&b); ok {
				ts = append(ts, t)
			}
			continue
		}
		for j := b.Du; !j.After(b.Au); j = j.AddDays(1) {
			d, ok := m.decideTM(b.Code, j)
			t := tranche{code: b.Code, du: j, au: j, prix: b.Prix, reference: b.Reference, decision: d}
			if b.Prix == 0 {
				p, connu := m.prix(b.Code, j)
				if ok = ok && connu; ok {
					t.prix, t.reference = p.Prix, p.Reference
				}
			}
			switch n := len(ts) - 1; {
			case !ok:
			case n >= 0 && t.suit(&ts[n]):
				ts[n].au = j
			default:
				ts = append(ts, t)
			}
		}
	}
	slices.SortStableFunc(ts, func(a, b tranche) int { return cmp.Or(a.du.DaysSince(b.du), cmp.Compare(a.code, b.code)) })
	return ts
}

// indivise makes the line of a base of one amount: the rights must not change
// below it.
func (m *moteur) indivise(b *Base) (tranche, bool) {
	prix, err := b.Montant.Prix()
	if err != nil {
		m.anomalie(&regMontant, "bases", string(b.Code))
		return tranche{}, false
	}
	d, ok := m.decideTM(b.Code, b.Du)
	t := tranche{code: b.Code, du: b.Du, au: b.Au, prix: prix, entiere: true, reference: b.Reference, decision: d}
	for j := b.Du.AddDays(1); ok && !j.After(b.Au); j = j.AddDays(1) {
		var e decisionTM
		if e, ok = m.decideTM(b.Code, j); ok && e != d {
			m.anomalie(&regBaseIndivise, "bases", string(b.Code), j.String())
			return t, false
		}
	}
	return t, ok
}

// lignesBase adds the lines of the bases, one of which may carry the
// participation forfaitaire.
func (m *moteur) lignesBase() {
	ts := m.tranches()
	porteuse := m.porteuse(ts)
	if porteuse < 0 && m.seuil.tmf != nil && len(m.errs) == 0 && !m.r.Anomalies.Stoppent() {
		m.anomalie(&regTMFLigne, "bases")
	}
	for i := range ts {
		t := &ts[i]
		l, ok := m.ligne(t.code, t.du, t.au, t.quantite(), t.prix, t.reference)
		if !ok {
			return
		}
		n := len(m.r.Facture.Lignes)
		m.expliqueBase(n, t, &l)
		l.Taux, l.Exoneration = t.decision.taux, t.decision.exo
		tmf := i == porteuse && m.porte(n, &l)
		if t.decision.ame {
			m.toutComplementaire(n, &l, &regAME)
		} else {
			m.partage(n, &l, t.decision.c2s && tmf, t.decision.reference)
		}
		m.ajoute(n, &l, t.decision.debiteur)
	}
}

func (m *moteur) expliqueBase(n int, t *tranche, l *facture.Ligne) {
	if m.x == nil {
		return
	}
	m.x.Decide(n, &regBaseDonnee, string(t.code), t.du.String(), t.au.String(), t.reference)
	m.expliqueHonoraires(n, l, &regBaseDonnee)
	m.expliqueTaux(n, t.code, t.du, &t.decision)
}

// porte puts the participation forfaitaire on a line.
func (m *moteur) porte(n int, l *facture.Ligne) bool {
	l.Participation = m.seuil.participation
	t := m.seuil.tmf
	if t == nil {
		return false
	}
	montant, err := t.Prix.Montant(simphonie.DemiSup)
	if err != nil || montant > l.Honoraires {
		m.anomalie(&regTMFBase, rang("lignes", n), t.Prix.String(), l.Honoraires.String())
		return false
	}
	l.TMF = montant
	if m.x != nil {
		m.x.Decide(n, &regTMF, m.seuil.jour.String(), t.Reference)
		m.x.Calcule(n, &regTMF, facture.Produit, facture.ChampTMF, montant, &tarif.ArrVF643Produit, facture.Donnee("participation forfaitaire", facture.DePrix(t.Prix)))
	}
	return true
}

// ligne starts a line of some days.
func (m *moteur) ligne(c tarif.Code, du, au simphonie.Jour, quantite int, prix simphonie.Prix, reference string) (facture.Ligne, bool) {
	l := facture.Ligne{Code: c, Support: -1, Execution: du, Reference: du, Quantite: quantite, Coefficient: simphonie.Un,
		PrixUnitaire: prix, TarifReference: reference,
		Detail: facture.Detail{Sejour: &facture.DetailSejour{Du: du, Au: au, Jours: au.DaysSince(du) + 1}}}
	var err error
	if l.Honoraires, err = tarif.Produit(prix, quantite); err != nil {
		m.anomalie(&regMontant, rang("lignes", len(m.r.Facture.Lignes)))
	} else if l.Honoraires == 0 {
		m.note(simphonie.Anomalies{regLigneNulle.Anomalie("lignes."+string(c), string(c), du.String())})
	}
	return l, err == nil
}

func (m *moteur) expliqueHonoraires(n int, l *facture.Ligne, r *simphonie.Regle) {
	m.x.Calcule(n, r, facture.Produit, facture.ChampHonoraires, l.Honoraires, &tarif.ArrVF643Produit,
		facture.Donnee("prix unitaire", facture.DePrix(l.PrixUnitaire)), facture.Donnee("quantité", facture.DeNombre(l.Quantite)))
}

// partage gives the amounts of a line whose base the AMO pays at a rate, less
// the participation forfaitaire, which the C2S bears in the complementary part.
// reference is the text that holds the rate, if there is one.
func (m *moteur) partage(n int, l *facture.Ligne, c2s bool, reference string) {
	l.BRAMO, l.BRAMC = l.Honoraires, l.Honoraires
	remboursable, err := l.Taux.Of(l.Honoraires, tarif.ArrVF670.Mode)
	if err != nil {
		m.anomalie(&regMontant, rang("lignes", n))
		return
	}
	l.MRO, l.MRC = remboursable-l.TMF, l.Honoraires-remboursable
	if c2s {
		l.MRC = l.TMF
	}
	if m.x == nil {
		return
	}
	taux := "taux"
	if reference != "" {
		taux += " (" + reference + ")"
	}
	m.bases(n, l, facture.Resultat(n, facture.ChampHonoraires, l.Honoraires))
	m.x.Calcule(n, &regTicket, facture.Pourcentage, facture.ChampRemboursable, remboursable, &tarif.ArrVF670,
		facture.Resultat(n, facture.ChampBRAMC, l.BRAMC), facture.Donnee(taux, facture.DeTaux(l.Taux)))
	rembourse := facture.Resultat(n, facture.ChampRemboursable, remboursable)
	if l.TMF == 0 {
		m.x.Calcule(n, &regTicket, facture.Copie, facture.ChampMRO, l.MRO, nil, rembourse)
	} else {
		m.x.Calcule(n, &regTMF, facture.Difference, facture.ChampMRO, l.MRO, nil, rembourse, facture.Resultat(n, facture.ChampTMF, l.TMF))
	}
	if c2s {
		m.x.Calcule(n, &regTMF, facture.Copie, facture.ChampMRC, l.MRC, nil, facture.Resultat(n, facture.ChampTMF, l.TMF))
	} else {
		m.x.Calcule(n, &regTicket, facture.Difference, facture.ChampMRC, l.MRC, nil, facture.Resultat(n, facture.ChampBRAMC, l.BRAMC), rembourse)
	}
}

// toutComplementaire gives the amounts of a line that the AME pays whole: no
// base of the AMO, not reimbursable (RG_VF650).
func (m *moteur) toutComplementaire(n int, l *facture.Ligne, r *simphonie.Regle) {
	l.BRAMC, l.MRC, l.Qualificatif = l.Honoraires, l.Honoraires, facture.QualifNonRemboursable
	if m.x == nil {
		return
	}
	m.x.Calcule(n, r, facture.Copie, facture.ChampBRAMO, 0, nil, rien)
	m.x.Calcule(n, r, facture.Copie, facture.ChampBRAMC, l.BRAMC, nil, facture.Resultat(n, facture.ChampHonoraires, l.Honoraires))
	m.x.Calcule(n, r, facture.Copie, facture.ChampMRO, 0, nil, rien)
	m.x.Calcule(n, r, facture.Copie, facture.ChampMRC, l.MRC, nil, facture.Resultat(n, facture.ChampBRAMC, l.BRAMC))
}

// horsAMO gives the amounts of a line that the AMO invoice asks of nobody, on
// its base or on none.
func (m *moteur) horsAMO(n int, l *facture.Ligne, base bool, r *simphonie.Regle) {
	source := rien
	if base {
		l.BRAMO, l.BRAMC = l.Honoraires, l.Honoraires
		source = facture.Resultat(n, facture.ChampHonoraires, l.Honoraires)
	}
	if m.x == nil {
		return
	}
	m.bases(n, l, source)
	m.x.Calcule(n, r, facture.Copie, facture.ChampMRO, 0, nil, rien)
	m.x.Calcule(n, r, facture.Copie, facture.ChampMRC, 0, nil, rien)
}

var rien = facture.Donnee("rien", facture.DeMontant(0))

func (m *moteur) bases(n int, l *facture.Ligne, source facture.Operande) {
	m.x.Calcule(n, &regTicket, facture.Copie, facture.ChampBRAMO, l.BRAMO, nil, source)
	m.x.Calcule(n, &regTicket, facture.Copie, facture.ChampBRAMC, l.BRAMC, nil, source)
}

// ajoute puts a line on the invoice: the AMO owes the MRO, one other debtor all the rest.
func (m *moteur) ajoute(n int, l *facture.Ligne, d simphonie.Debiteur) {
	f := &m.r.Facture
	f.Lignes = append(f.Lignes, *l)
	if l.MRO != 0 {
		f.Parts = append(f.Parts, facture.Part{Ligne: n, Debiteur: simphonie.AMO, Montant: l.MRO, Etat: facture.Theorique})
		if m.x != nil {
			m.x.Calcule(n, &regPart, facture.Copie, facture.ChampPart(simphonie.AMO), l.MRO, nil, facture.Resultat(n, facture.ChampMRO, l.MRO))
		}
	}
	if reste := l.Honoraires - l.MRO; reste != 0 {
		f.Parts = append(f.Parts, facture.Part{Ligne: n, Debiteur: d, Montant: reste, Etat: facture.Theorique})
		if m.x != nil {
			m.x.Calcule(n, &regPart, facture.Difference, facture.ChampPart(d), reste, nil,
				facture.Resultat(n, facture.ChampHonoraires, l.Honoraires), facture.Resultat(n, facture.ChampMRO, l.MRO))
		}
	}
}

// lignesFrais adds the charges of the establishment, in an order that does not
// depend on that of the input.
func (m *moteur) lignesFrais() {
	frais := slices.SortedFunc(slices.Values(m.s.Frais), func(a, b Frais) int {
		return cmp.Or(a.Jour.DaysSince(b.Jour), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Debiteur.String(), b.Debiteur.String()),
			cmp.Compare(a.PrixUnitaire, b.PrixUnitaire), cmp.Compare(a.Quantite, b.Quantite), cmp.Compare(a.Reference, b.Reference))
	})
	for i := range frais {
		f := &frais[i]
		l, ok := m.ligne(f.Code, f.Jour, f.Jour, f.Quantite, f.PrixUnitaire, f.Reference)
		if !ok {
			return
		}
		l.Detail = facture.Detail{}
		n := len(m.r.Facture.Lignes)
		d := f.Debiteur
		if d.Type == simphonie.DebiteurAMC {
			d = simphonie.AMC(d.AMC)
		}
		if m.x != nil {
			m.x.Decide(n, &regFraisLigne, string(f.Code)+" × "+strconv.Itoa(f.Quantite), f.Reference)
			m.expliqueHonoraires(n, &l, &regFraisLigne)
		}
		m.horsAMO(n, &l, false, &regFraisLigne)
		m.ajoute(n, &l, d)
	}
}
