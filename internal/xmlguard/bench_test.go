package xmlguard_test

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/xmlguard"
)

// BenchmarkParse reads a message of about 20 kB, beside etree, which does not
// check namespaces, and encoding/xml, which does not build a tree.
func BenchmarkParse(b *testing.B) {
	doc := []byte(`<S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope"><S:Body><r xmlns="urn:x">` +
		strings.Repeat(`<p:periode xmlns:p="urn:p" id="1"><debut>2026-01-01</debut><fin>2026-12-31</fin><libelle>D&#233;but &amp; fin</libelle></p:periode>`, 150) + `</r></S:Body></S:Envelope>`)
	b.Run("xmlguard", func(b *testing.B) {
		b.SetBytes(int64(len(doc)))
		for b.Loop() {
			_, err := xmlguard.Parse(doc, xmlguard.Limites{})
			require.NoError(b, err)
		}
	})
	b.Run("etree", func(b *testing.B) {
		b.SetBytes(int64(len(doc)))
		for b.Loop() {
			require.NoError(b, etree.NewDocument().ReadFromBytes(doc))
		}
	})
	b.Run("encoding-xml", func(b *testing.B) {
		b.SetBytes(int64(len(doc)))
		for b.Loop() {
			d := xml.NewDecoder(bytes.NewReader(doc))
			for {
				if _, err := d.Token(); err != nil {
					break
				}
			}
		}
	})
}

// BenchmarkEnfants looks for children among many, under ancestors with many attributes.
func BenchmarkEnfants(b *testing.B) {
	var attributs strings.Builder
	for i := range 64 {
		attributs.WriteString(" a" + strconv.Itoa(i) + "=''")
	}
	doc, err := xmlguard.Parse([]byte(strings.Repeat("<d"+attributs.String()+">", 62)+strings.Repeat("<e/>", 190_000)+strings.Repeat("</d>", 62)), xmlguard.Limites{})
	require.NoError(b, err)
	el := doc.Root()
	for len(el.ChildElements()) == 1 {
		el = el.ChildElements()[0]
	}
	for b.Loop() {
		xmlguard.Enfants(el, "urn:x", "e")
	}
}

// BenchmarkRefus is what hostile documents cost: a hundred thousand elements
// inside one another, and a reader without end.
func BenchmarkRefus(b *testing.B) {
	profond := []byte(strings.Repeat("<a>", 100_000))
	b.Run("profondeur", func(b *testing.B) {
		for b.Loop() {
			if _, err := xmlguard.Parse(profond, xmlguard.Limites{}); err == nil {
				b.Fatal("accepted")
			}
		}
	})
	b.Run("sans-fin", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := xmlguard.Lit(&infini{}, xmlguard.Limites{}); err == nil {
				b.Fatal("accepted")
			}
		}
	})
}
