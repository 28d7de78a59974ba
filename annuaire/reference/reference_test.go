package reference_test

import (
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/annuaire/reference"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

const exemple = `<Reponse xmlns="urn:simphonie:reference-non-officielle:annuaire:1"><Entree operateur="OPUN" nom="Opérateur &lt;un>" convention="RO" csr="94???????" domaine="HOSP" expire="2027-01-01T00:00:00Z">` +
	`<Adresse>https://a.example/?x=1&amp;y=2</Adresse><Adresse>https://b.example/</Adresse></Entree><Entree operateur="OPDEUX"></Entree></Reponse>`

var valeur = &annuaire.Reponse{Entrees: []annuaire.Entree{
	{Operateur: annuaire.Operateur{Code: "OPUN", Nom: "Opérateur <un>"}, Convention: "RO", CSR: "94???????", Domaine: simphonie.Hospitalisation,
		Adresses: []string{"https://a.example/?x=1&y=2", "https://b.example/"}, Expire: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
	{Operateur: annuaire.Operateur{Code: "OPDEUX"}},
}}

func ecrit(t testing.TB, r *annuaire.Reponse) string {
	t.Helper()
	el, err := reference.Codec{}.EncodeReponse(r)
	require.NoError(t, err)
	d := etree.NewDocument()
	d.WriteSettings = etree.WriteSettings{CanonicalEndTags: true, CanonicalText: true, CanonicalAttrVal: true}
	d.SetRoot(el)
	s, err := d.WriteToString()
	require.NoError(t, err)
	return s
}

func lit(s string) (*annuaire.Reponse, error) {
	d, err := xmlguard.Parse([]byte(s), xmlguard.Limites{})
	if err != nil {
		return nil, err
	}
	return reference.Codec{}.DecodeReponse(d.Root())
}

func TestReference(t *testing.T) {
	assert.Equal(t, exemple, ecrit(t, valeur))
	r, err := lit(exemple)
	require.NoError(t, err)
	assert.Equal(t, valeur, r)
	r, err = lit(ecrit(t, nil))
	require.NoError(t, err)
	assert.Empty(t, r.Entrees)
	p := reference.Codec{}.Profil()
	assert.False(t, p.Officiel)
	assert.Contains(t, p.String(), "non-officielle")
	assert.Contains(t, reference.Espace, "non-officielle")
	for _, f := range []annuaire.Entree{{}, {Operateur: annuaire.Operateur{Code: "X"}, Adresses: []string{""}}} {
		_, err = reference.Codec{}.EncodeReponse(&annuaire.Reponse{Entrees: []annuaire.Entree{f}})
		assert.ErrorContains(t, err, "ANN-REF-FORME")
	}
	_, err = reference.Codec{}.DecodeReponse(nil)
	assert.ErrorContains(t, err, "ANN-REF-FORME")
}

func TestReferenceRefuse(t *testing.T) {
	for _, v := range [][2]string{
		{"<Reponse ", "<Autre "}, {"annuaire:1", "annuaire:2"}, {"<Reponse ", `<Reponse CANARI="1" `}, {`operateur="OPUN"`, ``}, {`domaine=`, `CANARI=`},
		{"2027-01-01T00:00:00Z", "CANARI"}, {"2027-01-01T00:00:00Z", "0001-01-01T00:00:00Z"}, {"<Adresse>https://b.example/</Adresse>", "<Adresse></Adresse>"},
		{"<Adresse>https://b", "<Adresse><!-- CANARI -->https://b"}, {"<Adresse>https://b", `<Adresse CANARI="1">https://b`}, {"<Adresse>https://b.example/</Adresse>", "<CANARI/>"},
		{"<Adresse>https://b", "CANARI<Adresse>https://b"}, {`<Entree operateur="OPDEUX">`, `CANARI<Entree operateur="OPDEUX">`}, {`<Entree operateur="OPDEUX"></Entree>`, "<Adresse>x</Adresse>"},
	} {
		m := strings.NewReplacer(v[0], v[1]).Replace(exemple)
		if v[0] == "<Reponse " && v[1] == "<Autre " {
			m = strings.ReplaceAll(m, "</Reponse>", "</Autre>")
		}
		_, err := lit(m)
		if assert.Error(t, err, m) {
			assert.Contains(t, err.Error(), "ANN-REF-FORME")
			assert.NotContains(t, err.Error(), "CANARI")
		}
	}
	_, err := lit(strings.ReplaceAll(exemple, "<Entree", "\n\t<!-- x --><Entree"))
	assert.NoError(t, err)
}

// What was read is written and read again the same.
func FuzzDecodeReponse(f *testing.F) {
	f.Add(exemple)
	f.Add(ecrit(f, nil))
	f.Add("<x/>")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := lit(s)
		if err != nil {
			return
		}
		encore, err := lit(ecrit(t, r))
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.Entrees {
			a, b := r.Entrees[i].Expire, encore.Entrees[i].Expire
			if !a.Equal(b) {
				t.Fatal(a, b)
			}
			r.Entrees[i].Expire, encore.Entrees[i].Expire = time.Time{}, time.Time{}
		}
		assert.Equal(t, r, encore)
	})
}
