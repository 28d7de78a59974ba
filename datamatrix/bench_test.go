package datamatrix

import (
	"bytes"
	"testing"
)

func BenchmarkParseText(b *testing.B) {
	amc := "AMC#1#99999999##12345678#SPPGSFLRIKY231TCEH#SCODA#ITODA/"
	ins := insS1S2 + insS3S4 + insS5S7
	for nom, s := range map[string]string{"amc": amc, "amc-us-fr": usSurFR(amc), "ins": ins, "ins-gs-lost": sep("")(ins), "2d-doc": doc2D + "20RUE\x1d2475011" + doc2DFin} {
		b.Run(nom, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ParseText(s, OptionsTexte{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	var a Encodable
	if l, err := ParseText("AMC#1#99999999##12345678#SPPGSFLRIKY231TCEH#SCODA#ITODA/", OptionsTexte{}); err == nil {
		a = l.Valeur.(Encodable)
	}
	b.ReportAllocs()
	for b.Loop() {
		m, err := Encode(a, OptionsSymbole{})
		if err != nil {
			b.Fatal(err)
		}
		var w bytes.Buffer
		if err := m.PNG(&w, OptionsImage{}); err != nil {
			b.Fatal(err)
		}
	}
}
