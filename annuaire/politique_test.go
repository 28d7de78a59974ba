package annuaire_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/teleservice"
)

func TestPolitiqueURL(t *testing.T) {
	sure := annuaire.Politique{}
	for attendu, us := range map[simphonie.Code][]string{
		"": {"https://roc.amc.example/", "https://roc.amc.example:8443/idb?x=1", "HTTPS://ROC.AMC.EXAMPLE/", "https://xn--nm-fka.example/", "https://8.8.8.8/", "https://[2606:4700::1]/x"},
		"ANN-URL-FORME": {"https://", "https:///x", "https:roc.amc.example", "https://roc.amc.example/#x", "https://roc.amc.example/#", "https://roc.amc.example:0/", "https://roc.amc.example:99999/",
			"https://roc.amc.example:/", "https://roc.amc.example./", "https://roc_amc.example/", "https://rôc.example/", "https://roc.amc.example/é", "https://roc.amc.example/ x", "https://roc.amc.example\\@ailleurs.example/",
			"https://127.1/", "https://0x7f.0.0.1/", "https://1.2.3.0x10/", "https://-roc.example/", "https://roc.amc.example/\r\nHost: x", "https://%31%32%37.0.0.1%00/", "://x", "https://" + strings.Repeat("a", 2100) + ".example/"},
		"ANN-URL-SCHEMA":       {"", "http://roc.amc.example/", "ftp://roc.amc.example/", "file:///etc/passwd", "roc.amc.example", "/roc", "javascript:x"},
		"ANN-URL-IDENTIFIANTS": {"https://u:p@roc.amc.example/", "https://u@roc.amc.example/", "https://@roc.amc.example/"},
		"ANN-URL-PRIVEE": {"https://127.0.0.1/", "https://10.1.2.3/", "https://192.168.0.1/", "https://172.16.5.4/", "https://169.254.169.254/", "https://0.0.0.0/", "https://100.64.1.1/", "https://255.255.255.255/",
			"https://224.0.0.1/", "https://[::1]/", "https://[::]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[fc00::1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:a00:1]/", "https://[64:ff9b::7f00:1]/",
			"https://[2002:7f00:1::]/", "https://[::127.0.0.1]/", "https://[ff02::1]/", "https://localhost/", "https://x.localhost/", "https://serveur/", "https://2130706433/", "https://gap.intranet/", "https://imprimante.local/"},
	} {
		for _, u := range us {
			assert.Equal(t, attendu, code(sure.URL(u)), u)
			if err := sure.URL(u); err != nil && len(u) > 12 {
				assert.NotContains(t, err.Error(), u)
			}
		}
	}
	liste := annuaire.Politique{Hotes: []string{"roc.amc.example", ".Operateur.example"}}
	for u, attendu := range map[string]simphonie.Code{
		"https://roc.amc.example/": "", "https://ROC.amc.example:444/": "", "https://operateur.example/": "", "https://a.b.operateur.example/": "",
		"https://x.roc.amc.example/": "ANN-URL-HOTE", "https://fauxoperateur.example/": "ANN-URL-HOTE", "https://operateur.example.org/": "ANN-URL-HOTE", "https://8.8.8.8/": "ANN-URL-HOTE",
	} {
		assert.Equal(t, attendu, code(liste.URL(u)), u)
	}
	libre := annuaire.Politique{Prives: true}
	for u, attendu := range map[string]simphonie.Code{"https://127.0.0.1:8443/x": "", "https://localhost/": "", "https://relais/": "", "https://[::1]/": "", "http://127.0.0.1/": "ANN-URL-SCHEMA", "https://2130706433/": "ANN-URL-FORME"} {
		assert.Equal(t, attendu, code(libre.URL(u)), u)
	}
}

func TestPolitiqueBoite(t *testing.T) {
	for a, attendu := range map[string]simphonie.Code{
		"dre@amc.example": "", "dre.lots+1@sous.amc.example": "", "": "ANN-MEL-FORME", "amc.example": "ANN-MEL-FORME", "a@b@c": "ANN-MEL-FORME", "AMC <dre@amc.example>": "ANN-MEL-FORME",
		"dre@amc.example\r\nBcc: x@y.example": "ANN-MEL-FORME", "dre@amc.example, x@y.example": "ANN-MEL-FORME", `"a b"@amc.example`: "ANN-MEL-FORME", "https://amc.example/": "ANN-MEL-FORME",
	} {
		_, err := annuaire.LoadTable(lignes(teteOperateurs, `A;;DRE;1;"`+strings.ReplaceAll(a, `"`, `""`)+`"`), lignes(teteRoutes), annuaire.Politique{})
		if attendu == "" {
			assert.NoError(t, err, a)
		} else {
			assert.ErrorContains(t, err, string(attendu), a)
		}
	}
}

// The channel asks the policy where a name leads, and goes no further.
func TestPolitiqueAdresse(t *testing.T) {
	for a, attendu := range map[string]simphonie.Code{"8.8.8.8:443": "", "127.0.0.1:443": "ANN-URL-PRIVEE", "[::ffff:10.0.0.1]:443": "ANN-URL-PRIVEE"} {
		assert.Equal(t, attendu, code(annuaire.Politique{}.Adresse(netip.MustParseAddrPort(a))), a)
		assert.NoError(t, annuaire.Politique{Prives: true}.Adresse(netip.MustParseAddrPort(a)))
	}
	_, s, h := monte(t)
	conf := config(t, s, h)
	conf.Adresses = annuaire.Politique{}.Adresse
	_, err := canal(t, conf).Appelle(t.Context(), teleservice.Appel{SOAP: teleservice.SOAP11, SansEntete: true})
	require.Error(t, err, "nothing to send")
	c, err := annuaire.New(canal(t, conf), options())
	require.NoError(t, err)
	_, err = c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	assert.Equal(t, simphonie.Code("TSV-TLS"), code(err))
	assert.ErrorContains(t, err, "ANN-URL-PRIVEE")
	assert.Empty(t, s.Appels())
}
