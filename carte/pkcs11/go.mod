module github.com/simphonie/simphonie/carte/pkcs11

go 1.26.0

require (
	github.com/beevik/etree v1.8.1
	github.com/miekg/pkcs11 v1.1.2
	github.com/simphonie/simphonie v0.0.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/jonboulle/clockwork v0.5.0 // indirect
	github.com/russellhaering/goxmldsig v1.6.1 // indirect
	github.com/shopspring/decimal v1.6.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/crypto v0.11.0 // indirect
	software.sslmate.com/src/go-pkcs12 v0.7.4 // indirect
)

replace github.com/simphonie/simphonie => ../..
