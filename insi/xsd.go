package insi

import (
	"embed"
	"io/fs"
)

//go:embed schemas
var schemas embed.FS

// XSD gives the schemas of the messages of INSi: schemas/demande.xsd is of the
// envelope of requests, schemas/reponse.xsd of that of answers, and they take in
// the others. They are written for this SDK from public facts: they are not the
// files of the CNAM, and do not replace them for an authorisation.
func XSD() fs.FS { return schemas }
