// Package saml makes and verifies the SAML 2.0 assertions of the
// teleservices of the Assurance Maladie: one assertion, one enveloped XML
// signature over it, nothing else of XML-DSig.
//
// An [Assertion] is encoded straight to its exclusive canonical form;
// [Assertion.Sign] digests those bytes and puts the signature right after
// Issuer. The bytes go into a message as they are.
//
// [Verifie], [VerifieEnTete] and [VerifieOctets] accept one shape of signature
// and refuse everything beside it, each trap with a code of its own. What
// they return was read from the very nodes that were digested.
package saml
