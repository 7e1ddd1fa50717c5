import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Arrays;
import java.util.Collection;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.icao.CscaMasterList;
import org.bouncycastle.asn1.icao.LDSSecurityObject;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * BouncyCastle as an outside judge. Arguments are triples: what it is (sod, master-list, certificate, crl), its file,
 * and the file of the certificate above it. One line is printed for each: facts in words, or what went wrong.
 */
public final class Judge {
  public static void main(String[] arguments) {
    Security.addProvider(new BouncyCastleProvider());
    for (int i = 0; i < arguments.length; i += 3) {
      try {
        byte[] bytes = Files.readAllBytes(Path.of(arguments[i + 1]));
        byte[] above = Files.readAllBytes(Path.of(arguments[i + 2]));
        System.out.println(judge(arguments[i], bytes, new X509CertificateHolder(above)));
      } catch (Exception error) {
        System.out.println("error " + error.getClass().getSimpleName());
      }
    }
  }

  private static String judge(String kind, byte[] bytes, X509CertificateHolder above) throws Exception {
    switch (kind) {
      case "sod":
        return sod(bytes, above);
      case "master-list":
        return masterList(bytes, above);
      case "certificate":
        X509CertificateHolder certificate = new X509CertificateHolder(bytes);
        return "signature=" + certificate.isSignatureValid(key(above)) + " der=" + isDer(bytes);
      default:
        X509CRLHolder crl = new X509CRLHolder(bytes);
        return "signature=" + crl.isSignatureValid(key(above)) + " der=" + isDer(bytes) + " entries="
            + crl.getRevokedCertificates().size();
    }
  }

  private static String sod(byte[] file, X509CertificateHolder csca) throws Exception {
    CMSSignedData message = new CMSSignedData(withoutHeader(file));
    LDSSecurityObject object = LDSSecurityObject.getInstance(content(message));
    return signatures(message, csca) + " type=" + message.getSignedContentTypeOID() + " groups="
        + object.getDatagroupHash().length + " der=" + isDer(withoutHeader(file));
  }

  private static String masterList(byte[] file, X509CertificateHolder csca) throws Exception {
    CMSSignedData message = new CMSSignedData(file);
    CscaMasterList list = CscaMasterList.getInstance(content(message));
    return signatures(message, csca) + " type=" + message.getSignedContentTypeOID() + " certificates="
        + list.getCertStructs().length + " der=" + isDer(file);
  }

  /** Whether the one signer's signature stands under its certificate inside, and that one's under the CSCA. */
  private static String signatures(CMSSignedData message, X509CertificateHolder csca) throws Exception {
    SignerInformation signer = message.getSignerInfos().getSigners().iterator().next();
    @SuppressWarnings("unchecked")
    Collection<X509CertificateHolder> found = message.getCertificates().getMatches(signer.getSID());
    if (found.isEmpty()) return "signer=none";
    X509CertificateHolder certificate = found.iterator().next();
    boolean signature = signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate));
    return "signature=" + signature + " chain=" + certificate.isSignatureValid(key(csca));
  }

  private static byte[] content(CMSSignedData message) {
    return (byte[]) message.getSignedContent().getContent();
  }

  private static ContentVerifierProvider key(X509CertificateHolder certificate) throws Exception {
    return new JcaContentVerifierProviderBuilder().setProvider("BC").build(certificate);
  }

  /** The security object without the tag and length of its file. */
  private static byte[] withoutHeader(byte[] file) {
    int length = file[1] & 0xff;
    return Arrays.copyOfRange(file, length < 0x80 ? 2 : 2 + (length & 0x7f), file.length);
  }

  private static boolean isDer(byte[] bytes) throws Exception {
    return Arrays.equals(bytes, ASN1Primitive.fromByteArray(bytes).getEncoded("DER"));
  }
}
