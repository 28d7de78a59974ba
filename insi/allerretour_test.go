package insi

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// ecrivain writes an answer as the service might: any prefix, any order of
// elements, blanks or not. It knows the schema by itself.
type ecrivain struct{ r *rand.Rand }

func (e ecrivain) el(nom string, fils ...string) string {
	e.r.Shuffle(len(fils), func(i, j int) { fils[i], fils[j] = fils[j], fils[i] })
	return "<p:" + nom + ">" + strings.Join(fils, []string{"", "\n  "}[e.r.IntN(2)]) + "</p:" + nom + ">"
}

// reponse keeps the histories one after the other: their own order has a meaning.
func (e ecrivain) reponse(cr CodeCR, i *Individu) string {
	fils := []string{e.el("CR", "<p:CodeCR>"+string(cr)+"</p:CodeCR>", "<p:LibelleCR>x</p:LibelleCR>")}
	if i != nil {
		var histo strings.Builder
		for _, h := range i.Historique {
			histo.WriteString(e.identifiant("INSHISTO", h))
		}
		fils = append(fils, e.el("INDIVIDU", e.identifiant("INSACTIF", i.Actif), histo.String(), e.el("TIQ",
			e.feuille("NomNaissance", i.Traits.Nom.Clair()), e.feuille("Prenom", i.Traits.Prenom.Clair()), e.feuille("ListePrenom", i.Traits.Prenoms.Clair()),
			e.feuille("Sexe", string(i.Traits.Sexe)), e.feuille("DateNaissance", i.Traits.Naissance.Clair()), e.feuille("LieuNaissance", i.Traits.Lieu.Clair()))))
	}
	return strings.Replace(e.el("RESULTAT", fils...), "<p:RESULTAT>", `<p:RESULTAT xmlns:p="http://www.cnamts.fr/INSiResultat">`, 1)
}

func (e ecrivain) identifiant(nom string, i Identifiant) string {
	return e.el(nom, e.el("IdIndividu", e.feuille("NumIdentifiant", i.Numero.Clair()), e.feuille("Cle", i.Cle.Clair()), e.feuille("TypeMatricule", i.TypeMatricule.Clair())),
		e.feuille("OID", string(i.OID)), e.feuille("DateDeb", i.Debut.String()), e.feuille("DateFin", i.Fin.String()))
}

func (e ecrivain) feuille(nom, v string) string {
	switch {
	case v == "":
		return ""
	case e.r.IntN(4) == 0:
		return "<p:" + nom + "><![CDATA[" + v + "]]></p:" + nom + ">"
	}
	return "<p:" + nom + ">" + v + "</p:" + nom + ">"
}

// unIndividu draws values where each optional one is present or absent.
func unIndividu(t testing.TB, r *rand.Rand) *Individu {
	parmi := func(vs ...string) string { return vs[r.IntN(len(vs))] }
	jour := func() simphonie.Jour {
		if r.IntN(2) == 0 {
			return simphonie.Jour{}
		}
		return simphonie.MustJour("2000-01-01").AddDays(r.IntN(9000))
	}
	identifiant := func() Identifiant {
		return Identifiant{conf(parmi("2751263220749", "297022A020778", "160012B020777", "0000000000000", "27512a3220749", "275")), conf(parmi("", "74", "78", "00")),
			conf(parmi("", "NIR", "x y")), OID(parmi(string(OIDNIR), string(OIDNIA), "1.2.3")), jour(), jour()}
	}
	i := &Individu{Actif: identifiant()}
	for range r.IntN(4) {
		i.Historique = append(i.Historique, identifiant())
	}
	i.Traits = TIQ{conf(parmi("", "ADRUN", "D'ARTAGNAN DE L'HERAULT", "Adrun")), conf(parmi("", "ZOE")), conf(parmi("", "ZOE", "PIERRE-ALAIN MURIEL FLORIANT")),
		Sexe(parmi("", "F", "M")), simphonie.DateNaissance{}, conf(parmi("", "63220", "2A020", "X"))}
	if r.IntN(3) > 0 {
		i.Traits.Naissance = naissance(t, parmi("1975-12-31", "1950-42-00", "2001-00-00"))
	}
	return i
}

// Typed values, written in any order, are read back the same.
func TestAllerRetour(t *testing.T) {
	for graine := range uint64(500) {
		allerRetour(t, graine)
	}
}

func allerRetour(t *testing.T, graine uint64) {
	r := rand.New(rand.NewPCG(graine, 1))
	i, cr := unIndividu(t, r), Trouvee
	if r.IntN(8) == 0 {
		i, cr = nil, []CodeCR{Aucune, Plusieurs}[r.IntN(2)]
	}
	xml := ecrivain{r}.reponse(cr, i)
	lue, err := lis(t, xml)
	require.NoError(t, err, fmt.Sprint("seed ", graine, " ", xml))
	assert.Equal(t, cr, lue.cr)
	if i != nil {
		assert.Equal(t, xml, lue.individu.Reponse.Clair())
		i.Reponse = lue.individu.Reponse
	}
	assert.Equal(t, i, lue.individu, "seed %d %s", graine, xml)
}

// Any document: no panic, an outcome that is coherent, and reading what was
// kept gives the same again.
func FuzzDecode(f *testing.F) {
	f.Add(adrun)
	f.Add(resultat + `<r:CR><r:CodeCR>01</r:CodeCR></r:CR></r:RESULTAT>`)
	for graine := range uint64(8) {
		r := rand.New(rand.NewPCG(graine, 1))
		f.Add(ecrivain{r}.reponse(Trouvee, unIndividu(f, r)))
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc, err := xmlguard.Parse([]byte(s), xmlguard.Limites{})
		if err != nil {
			return
		}
		r, err := decode(doc.Root())
		if err != nil {
			require.IsType(t, &simphonie.Erreur{}, err)
			return
		}
		require.True(t, r.cr.Known())
		require.Equal(t, r.cr == Trouvee, r.individu != nil)
		if r.individu == nil {
			return
		}
		doc, err = xmlguard.Parse([]byte(r.individu.Reponse.Clair()), xmlguard.Limites{})
		require.NoError(t, err)
		encore, err := decode(doc.Root())
		require.NoError(t, err)
		encore.individu.Reponse = r.individu.Reponse
		require.Equal(t, r, encore)
		i := Identite{INS: r.individu}
		_, _, err = i.Matricule(0)
		require.Error(t, err)
	})
}
