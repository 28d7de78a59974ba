package ace_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// vecteur is a row of the file: what goes in, what comes out.
type vecteur struct {
	id      string
	in, out map[string]any
	donnees nomenclature.Donnees
}

func (v *vecteur) s(k string) string { s, _ := v.in[k].(string); return s }
func (v *vecteur) n(k string) int    { f, _ := v.in[k].(float64); return int(f) }
func (v *vecteur) b(k string) bool   { b, _ := v.in[k].(bool); return b }
func (v *vecteur) liste(k string) []map[string]any {
	var ls []map[string]any
	l, _ := v.in[k].([]any)
	for _, x := range l {
		ls = append(ls, x.(map[string]any))
	}
	return ls
}

func textes(x any) []string {
	var ss []string
	l, _ := x.([]any)
	for _, s := range l {
		ss = append(ss, s.(string))
	}
	return ss
}

func texte(m map[string]any, k string) string { s, _ := m[k].(string); return s }

// controles are the vectors of controls, which have tests of their own.
var controles = map[string]bool{"modifiers_compatible": true, "maj_coord": true, "night": true, "anp": true, "exo_rate": true}

// Every vector of the file that prices something. What is expected was printed
// in the documents or worked out from the rules by hand.
func TestVecteurs(t *testing.T) {
	f, err := os.Open("testdata/ace_vectors.csv")
	require.NoError(t, err)
	defer f.Close()
	lignes, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	n := 0
	for _, c := range lignes[1:] {
		v := &vecteur{id: c[0], donnees: donnees(t)}
		require.NoError(t, json.Unmarshal([]byte(c[2]), &v.in), c[0])
		require.NoError(t, json.Unmarshal([]byte(c[3]), &v.out), c[0])
		op := v.s("op")
		if controles[op] {
			continue
		}
		n++
		t.Run(c[0], func(t *testing.T) {
			joue, ok := joueurs[op]
			require.True(t, ok, "no player of %s", op)
			joue(t, v)
		})
	}
	assert.Equal(t, 123, n)
}

var joueurs = map[string]func(*testing.T, *vecteur){
	"br_ccam": jBRCCAM, "coef_modifiers": jCoefModificateurs, "forfait_c2s": jForfaitC2S, "association": jAssociation,
	"group_ngap": jGroupeNGAP, "group_nabm": jGroupeNABM, "group_forfait": jGroupeForfait, "forfait_date": jForfaitDate,
	"control": jCumulAccepte, "drug_split": jFractions, "frac": jTiers, "cap_mtm": jPlafondMTM, "b2_date_at": jDateAT, "finess_corse": jCorse,
	"line": jLigne, "br_non_ccam": jBRNonCCAM, "maj_ngap": jMajoration, "da_cap": jDA, "drug_total": jMedicament, "ecart": jEcart,
	"parts": jParts, "seuil": jSeuil, "taux": jTaux, "anonyme": jAnonyme, "ips": jIPS, "ref_date": jDateReference,
}

// acte adds an act to the tables.
func (v *vecteur) acte(t *testing.T, code, prix string, groupe tarif.Code, exo, cat, dom string) {
	d := depuis("2022-01-01")
	a := nomenclature.Acte{Date: d, Code: code, Type: "0"}
	if exo != "" {
		a.ExoTM = []string{exo}
	}
	n := nomenclature.Activite{Date: d, Acte: code, Activite: "1", Phase: "0", Regroupement: groupe, CatMed: cat, Modificateurs: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
	if dom != "" {
		n.DOM = map[tarif.Zone]simphonie.Coefficient{"reunion": coef(t, dom)}
	}
	v.donnees.Actes = append(v.donnees.Actes, a)
	v.donnees.Activites = append(v.donnees.Activites, n)
	v.donnees.PrixCCAM = append(v.donnees.PrixCCAM, nomenclature.LignePrixCCAM{Prix: prixDe(t, prix), Acte: code, Activite: "1", Phase: "0", Grille: "16"})
}

// prix replaces the price of a letter.
func (v *vecteur) prix(t *testing.T, code tarif.Code, prix string) {
	for i := range v.donnees.Prix {
		if v.donnees.Prix[i].Code == code && v.donnees.Prix[i].Public == nomenclature.Assures {
			v.donnees.Prix[i].Prix = prixDe(t, prix)
			return
		}
	}
	require.Fail(t, "no price", code)
}

// o gives the options of the vector; base replaces every rate of the file.
func (v *vecteur) o(t testing.TB, base int) *ace.Options {
	o := options(t)
	ts, err := nomenclature.New(v.donnees)
	require.NoError(t, err)
	o.Tables = ts
	if base != 0 {
		var b strings.Builder
		for i, l := range strings.Split(strings.TrimSpace(taux), "\n") {
			c := strings.Split(l, ";")
			if i > 0 && c[2] == "general" {
				c[3] = fmt.Sprint(base)
			}
			b.WriteString(strings.Join(c, ";") + "\n")
		}
		o.Baremes.Base, err = droits.LoadTauxBase(strings.NewReader(b.String()))
		require.NoError(t, err)
	}
	return o
}

func (v *vecteur) attend(t *testing.T, k, obtenu string) {
	t.Helper()
	if e, ok := v.out[k]; ok {
		assert.Equal(t, fmt.Sprint(e), obtenu, k)
	}
}

// verifie compares a line with what a vector expects of it.
func verifie(t *testing.T, e map[string]any, l *facture.Ligne) {
	t.Helper()
	obtenu := map[string]string{"br": l.BRAMO.String(), "br_amo": l.BRAMO.String(), "br_amc": l.BRAMC.String(), "rate": l.Taux.String(),
		"exo": l.Exoneration.String(), "mro": l.MRO.String(), "mrc": l.MRC.String(), "honoraires": l.Honoraires.String(), "mtm": l.MTM.String(),
		"qualif": strings.TrimSpace(string(l.Qualificatif.Code())), "participation": strings.TrimSpace(string(l.Participation.Code())),
		"rac": (l.Honoraires - l.MRO - l.MRC).String(), "tmf": l.TMF.String()}
	for k, x := range e {
		if o, ok := obtenu[k]; ok {
			if k == "tmf" && x == "regime" {
				x = "0.00"
			}
			assert.Equal(t, fmt.Sprint(x), o, k)
		}
	}
}

func jBRCCAM(t *testing.T, v *vecteur) {
	if v.s("same_as") == "A01" {
		v.in["pu"], v.in["assoc"] = "100.30", "0.955"
		v.in["modifiers"] = []any{map[string]any{"kind": "coef", "value": "1.255"}, map[string]any{"kind": "amount", "value": "20.50"}}
	}
	v.acte(t, "ZZZZ001", v.s("pu"), "ATM", "1", "TE", v.s("dom"))
	d := depuis("2022-01-01")
	v.donnees.Associations = append(v.donnees.Associations, nomenclature.LigneAssociation{Date: d, Code: "5", Grille: "*", Coefficient: coef(t, v.s("assoc"))})
	p := ccam("ZZZZ001", "04")
	p.CCAM.Association, p.CCAM.DemiTarif = "5", v.b("half_with_consultation")
	for i, m := range v.liste("modifiers") {
		l := string(rune('A' + i))
		mod := nomenclature.Modificateur{Date: d, Lettre: l, Grille: "*"}
		if m["kind"] == "coef" {
			mod.Coefficient = coef(t, texte(m, "value"))
		} else {
			mod.Montant = euros(t, texte(m, "value"))
		}
		v.donnees.Modificateurs = append(v.donnees.Modificateurs, mod)
		p.CCAM.Modificateurs += l
	}
	vn := venue(t, p)
	if v.s("dom") != "" {
		vn.Etablissement.Territoire = simphonie.Reunion
	}
	f := une(t, compute(t, vn, v.o(t, 0)))
	l := &f.Lignes[0]
	verifie(t, v.out, l)
	v.attend(t, "pu", l.PrixUnitaire.String())
	etapes, err := json.Marshal(f.Explication)
	require.NoError(t, err)
	montants, err := facture.Rejouer(etapes)
	require.NoError(t, err)
	v.attend(t, "montant1", montants["L1.MONTANT1"].StringFixed(2))
	v.attend(t, "montant2", montants["L1.MONTANT2"].StringFixed(2))
	v.attend(t, "br_seuil", montants["L1.MONTANT1"].StringFixed(2))
	v.attend(t, "seuil_reached", fmt.Sprint(l.Exoneration == facture.ExoCCAM))
}

func jCoefModificateurs(t *testing.T, v *vecteur) {
	var ms []any
	for _, s := range textes(v.in["values"]) {
		ms = append(ms, map[string]any{"kind": "coef", "value": s})
	}
	v.in = map[string]any{"op": "br_ccam", "pu": "100.00", "assoc": "1", "modifiers": ms}
	v.out = map[string]any{"montant1": "180.00"} // 100.00 × 1.8
	jBRCCAM(t, v)
}

func jForfaitC2S(t *testing.T, v *vecteur) {
	ls := v.liste("lines")
	acte := texte(ls[0], "ccam")
	if v.b("exigence") { // an earlier text: care out of the baskets, whose rest the patient pays
		v.acte(t, acte, texte(ls[0], "pu"), tarif.Code(texte(ls[0], "code")), "", "PD", "")
		v.donnees.Actes[len(v.donnees.Actes)-1].ForfaitsC2S = []tarif.Code{"FPC"}
		v.donnees.ForfaitsC2S = append(v.donnees.ForfaitsC2S, nomenclature.LigneForfaitC2S{Prix: prixDe(t, texte(ls[1], "pu")), Acte: "*", Code: "FPC"})
	}
	p := ccam(acte, "19")
	p.Depassement = euros(t, texte(ls[1], "pu")) + euros(t, texte(ls[0], "honoraires")) - euros(t, texte(ls[0], "pu"))
	vn := venue(t, p)
	vn.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "1"}}
	if ls[0]["exo"] == "4" {
		vn.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: "8"}}
		vn.Prestations[0].Motif = ace.ConformeALD
	}
	f := une(t, compute(t, vn, v.o(t, 0)))
	require.Len(t, f.Lignes, 2)
	for i, e := range v.out["lines"].([]any) {
		m := e.(map[string]any)
		assert.Equal(t, m["code"], string(f.Lignes[i].Code))
		verifie(t, m, &f.Lignes[i])
	}
	total, err := f.Total()
	require.NoError(t, err)
	v.attend(t, "total", total.String())
}

func jAssociation(t *testing.T, v *vecteur) {
	specialites := map[string]string{"dermatologist": "15", "gynaecologist": "07", "cardiologist": "03", "rheumatologist": "14", "radiologist": "06", "dentist": "19"}
	var ps []ace.Prestation
	for _, l := range v.liste("lines") {
		v.acte(t, texte(l, "ccam"), texte(l, "pu"), "ATM", "", "TE", "")
		p := ccam(texte(l, "ccam"), specialites[texte(l, "exec")])
		p.CCAM.Association = texte(l, "assoc")
		ps = append(ps, p)
	}
	f := une(t, compute(t, venue(t, ps...), v.o(t, 0)))
	for i, e := range v.out["lines"].([]any) {
		verifie(t, e.(map[string]any), &f.Lignes[i])
	}
	total, err := f.Total()
	require.NoError(t, err)
	v.attend(t, "total", total.String())
}

func jGroupeNGAP(t *testing.T, v *vecteur) {
	var ps []ace.Prestation
	for _, a := range v.liste("acts") {
		p := ngap(tarif.Code(texte(a, "code")), "24")
		p.Coefficient, p.Quantite, p.Denombrement = coef(t, texte(a, "coef")), int(a["qty"].(float64)), int(a["denomb"].(float64))
		if texte(a, "session") == "evening" {
			p.Seance = 2
		}
		ps = append(ps, p)
	}
	f := une(t, compute(t, venue(t, ps...), v.o(t, 0)))
	for i, e := range v.out["groups"].([]any) {
		m, l := e.(map[string]any), &f.Lignes[i]
		assert.Equal(t, []any{m["code"], m["qty"], m["denomb"], coef(t, texte(m, "coef"))},
			[]any{string(l.Code), float64(l.Quantite), float64(l.Detail.Acte.Denombrement), l.Coefficient})
	}
	// The same session makes one line.
	for i := range ps {
		ps[i].Seance = 0
	}
	f = une(t, compute(t, venue(t, ps...), v.o(t, 0)))
	require.Len(t, f.Lignes, 1)
	assert.Equal(t, 3, f.Lignes[0].Quantite)
}

func jGroupeNABM(t *testing.T, v *vecteur) {
	var ps []ace.Prestation
	for i, s := range v.liste("sessions") {
		for j := range textes(s["codes"]) {
			ps = append(ps, analyse([]string{"1104", "0593"}[j]))
			ps[len(ps)-1].Seance = i + 1
		}
	}
	f := une(t, compute(t, venue(t, ps...), v.o(t, 0)))
	for i, e := range v.out["groups"].([]any) {
		m, l := e.(map[string]any), &f.Lignes[i]
		assert.Equal(t, []any{m["code"], m["qty"], m["denomb"]}, []any{string(l.Code), float64(l.Quantite), float64(l.Detail.Acte.Denombrement)})
	}
}

func analyse(code string) ace.Prestation {
	return ace.Prestation{Nomenclature: droits.NABM, Analyse: &ace.Analyse{Code: code}, Execution: jour(soins), Prescription: jour(soins)}
}

func jGroupeForfait(t *testing.T, v *vecteur) {
	var ps []ace.Prestation
	if v.s("type") == "SE" {
		ps = []ace.Prestation{ngap("CS", "04"), forfait("SE2"), forfait("SE1")} // 60.00, then 76.00, the dearest
	} else {
		ps = []ace.Prestation{forfait("FTN"), forfait("FTN")}
		ps[0].Scanner, ps[1].Scanner = true, true
	}
	f := une(t, compute(t, venue(t, ps...), v.o(t, 0)))
	if v.s("type") == "SE" {
		assert.Equal(t, "1 0.5", ligne(t, f, "SE1").Coefficient.String()+" "+ligne(t, f, "SE2").Coefficient.String())
		return
	}
	for i, e := range v.out["lines"].([]any) {
		assert.Equal(t, e.(map[string]any)["coef"], f.Lignes[i].Coefficient.String())
	}
}

// From Saturday 16 May to Sunday 17 May 2026: everything is dated Sunday, and
// night and holiday surcharges stand together.
func jForfaitDate(t *testing.T, v *vecteur) {
	nuit, matin := ngap("K", "04"), ngap("K", "04")
	nuit.Majoration, matin.Majoration = ace.Nuit, ace.Ferie
	nuit.Execution, matin.Execution = jour("2026-05-16"), jour("2026-05-17")
	atu := forfait("ATU")
	atu.Execution = jour("2026-05-16")
	vn := venue(t, nuit, matin, atu)
	vn.Entree, vn.Sortie = jour("2026-05-16"), jour("2026-05-17")
	f := une(t, compute(t, vn, v.o(t, 0)))
	require.Len(t, f.Lignes, 3)
	for i := range f.Lignes {
		assert.Equal(t, "2026-05-17", f.Lignes[i].Execution.String())
	}
}

func jCumulAccepte(t *testing.T, v *vecteur) {
	var ps []ace.Prestation
	for _, c := range textes(v.in["lines"]) {
		var p ace.Prestation
		code, maj, _ := strings.Cut(c, "_")
		switch {
		case code == "ATU":
			p = forfait("ATU")
		case strings.HasPrefix(c, "ATM"):
			p = ccam("AAAA003", "04")
			p.CCAM.Modificateurs = map[string]string{"ATM[S]": "U", "ATM[F]": "P"}[c]
		default:
			p = ngap(map[string]tarif.Code{"G": "CS", "MM": "C"}[code], "01")
			p.Majoration = ace.Majoration(maj)
		}
		p.Execution = jour(v.s("date"))
		ps = append(ps, p)
	}
	vn := venue(t, ps...)
	// The examples are of 2019; the tables of the test begin in 2022, on a Sunday too.
	for i := range vn.Prestations {
		vn.Prestations[i].Execution = jour("2026-05-17")
	}
	vn.Entree, vn.Sortie = jour("2026-05-17"), jour("2026-05-17")
	une(t, compute(t, vn, v.o(t, 0)))
}

func produit(n droits.Nomenclature, code tarif.Code, ref, prix string) ace.Prestation {
	p, err := simphonie.ParsePrix(prix)
	if err != nil {
		panic(err)
	}
	return ace.Prestation{Nomenclature: n, Code: code, Execution: jour(soins), Prescription: jour(soins), Executant: ace.Executant{Specialite: "50"},
		Produit: &ace.Produit{Code: ref, Prix: p}}
}

func jFractions(t *testing.T, v *vecteur) {
	var ps []ace.Prestation
	var attendu []string
	for _, e := range v.out["lines"].([]any) {
		m := e.(map[string]any)
		p := produit(droits.Retrocede, "PHH", "9000009", "10.00")
		p.Quantite, p.Produit.Fraction = int(m["qty"].(float64)), coef(t, texte(m, "frac"))
		ps = append(ps, p)
		attendu = append(attendu, fmt.Sprint(m["qty"], " ", m["frac"]))
	}
	f := une(t, compute(t, venue(t, ps...), v.o(t, 0)))
	var obtenu []string
	for _, d := range f.Lignes[0].Detail.Acte.Produits {
		obtenu = append(obtenu, fmt.Sprint(d.Quantite, " ", d.Fraction))
	}
	assert.ElementsMatch(t, attendu, obtenu)
	assert.Equal(t, "13.30", f.Lignes[0].BRAMO.String())
}

func jTiers(t *testing.T, v *vecteur) {
	v.attend(t, "b2", fmt.Sprintf("%05d", coef(t, v.out["coef"].(string))))
}

func jPlafondMTM(t *testing.T, v *vecteur) {
	p, err := options(t).Tables.Parametre(nomenclature.ParamPlafondMTM, jour(v.s("date")), jour(connuAu))
	require.NoError(t, err)
	v.attend(t, "cap", p.Montant.String())
}

func jDateAT(t *testing.T, v *vecteur) {
	a, m, j := jour(v.s("date")).Date()
	v.attend(t, "field0286", fmt.Sprintf("000%02d%02d%02d", a%100, m, j)) // the zone itself is written and tested by b2
}

func jCorse(t *testing.T, v *vecteur) {
	for i, s := range textes(v.in["in"]) {
		assert.Equal(t, v.out["out"].([]any)[i], simphonie.FINESS(s).NormeB2())
	}
}

func jLigne(t *testing.T, v *vecteur) {
	v.prix(t, "ATU", v.s("pu"))
	o := v.o(t, 0)
	// CG 7.45 % and CP 0.7 %: 1.0745 × 0.993 = 1.06697850, half-up 1.0670.
	o.Coefficients[0].Taux = tarif.Coefficients{Geographique: 74_500, Prudentiel: 7_000}
	f := une(t, compute(t, venue(t, ngap("CS", "04"), forfait("ATU")), o))
	l := ligne(t, f, "ATU")
	assert.Equal(t, coef(t, v.s("coefMCO")), l.CoefMCO)
	verifie(t, v.out, l)
	assert.Equal(t, "27.01", l.Honoraires.String(), "21.58 + 5.43")
}

func jBRNonCCAM(t *testing.T, v *vecteur) {
	v.prix(t, "K", v.s("pu"))
	p := ngap("K", "04")
	p.Quantite, p.Coefficient = v.n("qty"), coef(t, v.s("coef"))
	verifie(t, v.out, &une(t, compute(t, venue(t, p), v.o(t, 0))).Lignes[0])
}

func jMajoration(t *testing.T, v *vecteur) {
	v.prix(t, "K", v.s("pu"))
	for i := range v.donnees.Majorations {
		v.donnees.Majorations[i].Montant = euros(t, v.s("forfait"))
	}
	p := ngap("K", "04")
	p.Coefficient, p.Majoration = coef(t, v.s("coef")), ace.Majoration(v.s("kind"))
	f := une(t, compute(t, venue(t, p), v.o(t, 0)))
	v.attend(t, "br", f.Lignes[0].BRAMO.String())
	assert.Contains(t, f.Explication.String(), "L1 Majoration : ")
	etapes, err := json.Marshal(f.Explication)
	require.NoError(t, err)
	montants, err := facture.Rejouer(etapes)
	require.NoError(t, err)
	v.attend(t, "maj", montants["L1.MAJORATION"].StringFixed(2))
}

func jDA(t *testing.T, v *vecteur) {
	v.prix(t, "CS", v.s("br"))
	p := ngap("CS", "15")
	p.Parcours, p.Qualificatif = droits.HorsParcoursChoix, facture.QualifDepassementPermis
	p.Depassement = euros(t, v.out["da_max"].(string))
	f := une(t, compute(t, venue(t, p), v.o(t, 0)))
	assert.Equal(t, p.Depassement+euros(t, v.s("br")), f.Lignes[0].Honoraires)
	p.Depassement++
	r := compute(t, venue(t, p), v.o(t, 0))
	assert.Equal(t, simphonie.Code("ACE-DA-PLAFOND"), r.Motif)
}

func jMedicament(t *testing.T, v *vecteur) {
	p := produit(droits.Retrocede, "PHH", "9000009", v.s("price"))
	p.Quantite, p.Produit.Fraction, p.Produit.Marge = v.n("qty"), coef(t, v.s("frac")), euros(t, v.s("margin"))
	vn := venue(t, p)
	vn.Etablissement.Territoire = simphonie.Reunion
	f := une(t, compute(t, vn, v.o(t, 0)))
	v.attend(t, "total", f.Lignes[0].BRAMO.String())
}

func jEcart(t *testing.T, v *vecteur) {
	p := produit(droits.Retrocede, "PHH", "9000001", v.s("price"))
	p.Quantite, p.Produit.Fraction = v.n("qty"), coef(t, v.s("frac"))
	f := une(t, compute(t, venue(t, p), v.o(t, 0)))
	l := ligne(t, f, "ERI")
	v.attend(t, "total", l.BRAMO.String())
	assert.Equal(t, "100 5.00 0", l.Taux.String()+" "+l.MRO.String()+" "+fmt.Sprint(l.Support))
	assert.Contains(t, f.Explication.String(), "L2 Prix ajusté : 9.99 × 0.5 = "+v.out["unit"].(string))
}

func jParts(t *testing.T, v *vecteur) {
	p := ngap("CS", "15")
	br := v.s("br") + v.s("computed_br")
	v.prix(t, "CS", br)
	if v.s("ips") == "S" {
		p.Parcours = droits.HorsParcoursChoix
	}
	if v.s("qualif") == "G" {
		p.Qualificatif = facture.QualifGratuit
	}
	if v.s("code") == "FTN" {
		p = forfait("FTN")
	}
	vn := venue(t, p)
	v.situation(vn)
	f := une(t, compute(t, vn, v.o(t, v.n("rate"))))
	verifie(t, v.out, &f.Lignes[0])
}

// situation gives the rights that a vector names.
func (v *vecteur) situation(vn *ace.Venue) {
	d := vn.Droits
	if r := v.s("regime"); r != "" {
		d.Organisme.Regime = r
	}
	for _, sp := range textes(v.in["sp"]) {
		switch sp {
		case "SP03":
			d.Situations = append(d.Situations, droits.Droit[droits.CodeSituation]{Code: "1"})
		case "SP06":
			d.Situations = append(d.Situations, droits.Droit[droits.CodeSituation]{Code: "10"})
		case "SP17":
			d.CodeGestion = "65"
		}
	}
	for _, e := range textes(v.in["etm"]) {
		d.ETM = append(d.ETM, droits.Droit[droits.CodeETM]{Code: map[string]droits.CodeETM{"ALD": "8", "Pension militaire": "1", "Invalidite": "14"}[e]})
	}
	for _, e := range textes(v.in["mtm"]) {
		d.MTM = append(d.MTM, droits.Droit[droits.CodeMTM]{Code: map[string]droits.CodeMTM{"Rente AT": "6", "RegimeLocalFrontalier": "7", "ASPA": "8", "RegimeLocalAlsaceMoselle": "9"}[e]})
	}
	for _, c := range textes(v.in["contrat"]) {
		if c == "24" || c == "25" { // never without the contract of a caisse
			d.Contrats = append(d.Contrats, droits.Droit[droits.CodeContrat]{Code: "18"})
		}
		d.Contrats = append(d.Contrats, droits.Droit[droits.CodeContrat]{Code: droits.CodeContrat(c)})
	}
	switch v.s("nature") {
	case "Maternite":
		d.ETM = append(d.ETM, droits.Droit[droits.CodeETM]{Code: "6"})
	case "AT/MP":
		d.AT = []droits.ATDeclare{{Identifiant: "180831018", Organisme: d.Organisme, Periode: simphonie.Periode{Du: jour("2018-08-31")}}}
		vn.Prestations[0].Droits.LieeAT = true
	case "Prevention":
		vn.Prestations[0].Motif = ace.Prevention
	}
}

func jSeuil(t *testing.T, v *vecteur) {
	for i := range v.donnees.Parametres {
		if p := &v.donnees.Parametres[i]; p.Nom == nomenclature.ParamTMF {
			p.Montant = euros(t, v.s("tmf"))
		}
	}
	if v.b("tmf_paid_by_regime") {
		v.donnees.Listes = append(v.donnees.Listes, nomenclature.LigneListe{Date: depuis("2022-01-01"), Liste: nomenclature.ListePayeursTMF, Code: "01"})
	}
	var ps []ace.Prestation
	for i, l := range v.liste("lines") {
		var p ace.Prestation
		switch code := tarif.Code(texte(l, "code")); {
		case texte(l, "nom") == "CCAM":
			acte := fmt.Sprintf("SEUI%03d", i)
			prix := texte(l, "br")
			if s := texte(l, "br_seuil"); s != "" {
				prix = s
				m := euros(t, texte(l, "br")) - euros(t, s)
				v.donnees.Modificateurs = append(v.donnees.Modificateurs, nomenclature.Modificateur{Date: depuis("2022-01-01"), Lettre: "M", Grille: "*", Montant: m})
			}
			v.acte(t, acte, prix, tarif.Code(texte(l, "regroup")), fmt.Sprint(l["champ25"]), texte(l, "catmed"), "")
			p = ccam(acte, texte(l, "spec"))
			if texte(l, "br_seuil") != "" {
				p.CCAM.Modificateurs = "M"
			}
			if texte(l, "motif") == "ALD" {
				p.Motif = ace.ConformeALD
			}
		case code == "FSD":
			v.prix(t, code, texte(l, "br"))
			p = ngap(code, "")
			p.Executant, p.Support = ace.Executant{}, 1
		case texte(l, "nom") == "NGAP":
			v.prix(t, code, texte(l, "pu"))
			p = ngap(code, texte(l, "spec"))
			p.Coefficient = coef(t, texte(l, "coef"))
			if texte(l, "maj") != "" {
				p.Majoration = ace.Nuit
			}
		default:
			prix := texte(l, "br")
			if c := texte(l, "coef"); c == "0.50" {
				prix = (2 * euros(t, prix)).String()
			}
			v.prix(t, code, prix)
			p = forfait(code)
			if c := texte(l, "coef"); c != "" {
				p.Coefficient = coef(t, c)
			}
		}
		ps = append(ps, p)
	}
	vn := venue(t, ps...)
	v.situation(vn)
	f := une(t, compute(t, vn, v.o(t, v.n("base_rate"))))
	for i, e := range v.out["lines"].([]any) {
		m := e.(map[string]any)
		verifie(t, m, &f.Lignes[i])
		if _, ok := m["tmf"]; !ok {
			assert.Zero(t, f.Lignes[i].TMF, m["id"])
		}
	}
}

func jTaux(t *testing.T, v *vecteur) {
	if v.id == "E11" { // a motive of prevention also gives its nature to the invoice: the list alone
		d, err := droits.DeciderTaux(&droits.Contexte{Nature: droits.Maladie}, droits.Acte{Code: "ATM", Champ25: []string{"1", "7"}, Prevention: true}, droits.Baremes{}, droits.Options{})
		require.NoError(t, err)
		v.attend(t, "exo", d.Exoneration.String())
		v.attend(t, "rate", d.Taux.String())
		return
	}
	p := ngap("CS", "04")
	code := tarif.Code(v.s("code"))
	base := v.n("base_rate")
	switch {
	case v.b("ccam"):
		v.acte(t, "TAUX001", "33.33", "ATM", fmt.Sprint(v.in["champ25"]), "TE", "")
		p = ccam("TAUX001", "04")
	case code == "PHQ" || code == "PHS":
		p = produit(droits.Retrocede, code, "9000009", "10.00")
	case code == "ETI":
		p = produit(droits.LPP, "DVO", "1234567", "40.00")
	case code == "B":
		p = analyse("0388")
		p.IST = v.b("ist")
	case code != "":
		p = ngap(code, "04")
	}
	switch v.s("motif") {
	case "ALD":
		p.Motif = ace.ConformeALD
	case "Nouveau-ne":
		p.Motif = ace.NouveauNe
	}
	if v.s("qualif") == "N" {
		p.Qualificatif = facture.QualifNonRemboursable
	}
	if sncf, ok := v.in["prescr_sncf"].(bool); ok {
		p.Prescripteur = &ace.Prescripteur{SNCF: sncf}
	}
	ps := []ace.Prestation{p}
	if f := v.s("invoice_forfait"); f != "" {
		ps = append(ps, forfait(tarif.Code(f)))
		if v.n("forfait_rate") != 0 {
			base = 0 // the rates of the test: 70, and 80 for forfaits
		}
	}
	vn := venue(t, ps...)
	if a := v.n("age"); a != 0 {
		n, err := simphonie.ParseDateNaissance(fmt.Sprintf("%d-05-12", 2026-a))
		require.NoError(t, err)
		vn.Naissance = n
	}
	v.situation(vn)
	o := v.o(t, base)
	if v.b("table104") {
		td, err := droits.LoadTables(strings.NewReader(tablesDroits + "104;CS;2020-01-01;;FICTIF\n"))
		require.NoError(t, err)
		o.Baremes.Tables = td
	}
	if v.out["rate"] == "table4ter.TR_CRPCEN" {
		v.out["rate"] = "85"
	}
	f := une(t, compute(t, vn, o))
	l := &f.Lignes[0]
	if code == "ETI" {
		l = ligne(t, f, "ETI")
	}
	verifie(t, v.out, l)
	v.attend(t, "b2_nature", droits.NatureB2(f.Nature, []droits.Decision{{RegimeLocal: f.RegimeLocal}}))
}

func jAnonyme(t *testing.T, v *vecteur) {
	n, err := simphonie.ParseDateNaissance(fmt.Sprintf("%d-05-12", 2026-v.n("age")))
	require.NoError(t, err)
	as := droits.Anonyme(v.b("secret"), n, jour(soins), []string{"0388"})
	v.attend(t, "anonymous", fmt.Sprint(len(as) == 0))
}

func jIPS(t *testing.T, v *vecteur) {
	p := ngap("CS", "15")
	if v.s("situation") == "acces direct" {
		p.Parcours = droits.AccesDirect
	}
	ps := []ace.Prestation{p}
	if f := v.s("invoice_forfait"); f != "" {
		ps = append(ps, forfait(tarif.Code(f)))
	}
	vn := venue(t, ps...)
	if a := v.n("age"); a != 0 {
		n, err := simphonie.ParseDateNaissance(fmt.Sprintf("%d-05-12", 2026-a))
		require.NoError(t, err)
		vn.Naissance = n
	}
	if mt, ok := v.in["mt"].(bool); ok {
		vn.Droits.MedecinTraitant.Declare = simphonie.OuiSi(mt)
	}
	v.situation(vn)
	v.attend(t, "ips", une(t, compute(t, vn, v.o(t, 0))).IPS)
}

func jDateReference(t *testing.T, v *vecteur) {
	p := ccam("AAAA003", "04")
	if v.s("nomenclature") == "LPP" {
		p = produit(droits.LPP, "DVO", "1234567", "50.05")
	}
	p.EnSerie, p.Execution, p.Prescription = v.b("series"), jour(v.s("exec")), jour(v.s("prescr"))
	vn := venue(t, p)
	vn.Entree, vn.Sortie = p.Execution, p.Execution
	v.situation(vn)
	f := une(t, compute(t, vn, v.o(t, 0)))
	v.attend(t, "date", f.Lignes[0].Reference.String())
}
