/**
 * Keys whose private halves anybody can read: in standards, test suites and specimens. By {@link fingerprintOf}, in
 * lower-case hexadecimal, each with where it stands. Each was computed from the published private key. They reach
 * production with example code, and then everybody can sign with them.
 */
export const KNOWN_COMPROMISED: ReadonlyMap<string, string> = new Map([
  ['9a9e5b0f404f4e2d4386e38b04ac91e535946dc2a7f8d84a31404b476e5c35e1', 'RFC9500 testRSA1024'],
  ['8fb6bad671cfe698393c453357da61b56d757ab8c0f3fb9c87f2849e63131878', 'RFC9500 testRSA2048'],
  ['96465ea5dc9bb2da7b351d808a7196e5761f2412a5040131c68d719aaba28fb9', 'RFC9500 testRSA4096'],
  ['b2b04340cfaee616ec9c2c62d261b208e54bb197498df52e8cadede23ac0ba5e', 'RFC9500 testECCP256'],
  ['c4c10105a0be0ed4dd3354428dc38a9bfee64da141ce16e75c94eda272f9dd3a', 'RFC9500 testECCP384'],
  ['acb1b8327fef995e2458fdf5e3c33b2dc0749feabd6a894cb9bda9d70ac06c24', 'RFC9500 testECCP521'],
  ['5a7a78cca4a0f420d9bc62bb669c3c2759e39f723d3ae10dcbe0f0815a07ecd4', 'RFC6979 A.2.5'],
  ['2f95601fa82060b909bfc6b979dbd303d34d34e0afb27ea496beac362f242a4b', 'RFC6979 A.2.6'],
  ['2fb6d46385242ea4ad431f7175e7014eb74a5fc60f65b50ca54cc23c5b08de38', 'RFC6979 A.2.7'],
  ['06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9', 'RFC8032 7.1 TEST 1'],
  ['deb2ded39dc26fce0e6085b6fc34bf6b5941913bbfe2ea614113cff9e004c170', 'RFC8032 7.1 TEST 2'],
  ['8d39ba50abe50f77b6bb8ae7b6927aff7ffbeba35ad2837c0e51e82bcbcc60d5', 'RFC8032 7.1 TEST 3'],
  ['e4f982b51ad0bdd87be820b259fe80337ef636e72b9fa7a8867a6949eb610fd6', 'RFC8032 7.1 TEST 1024'],
  ['e77db4a9572e9f6552c22bc751d5499ad218a73bdf7e15dc6ea0fc69246a44de', 'RFC8032 7.1 TEST SHA(abc)'],
  ['51b944cdfa544d4c3273aa6bf350625a7dd53bbb6a71723274f538b19a207760', 'RFC7517 A.2'],
  ['2bd1bb0c44a897c30a7aa0991cde38d8062fe441de50da0f46825344f602e827', 'RFC7515 A.3'],
  ['55f96361b78cbb84f1fc604b0718e82bd91abb46d8fc25ae871b35fbbf8b7974', 'RFC9421 test-key-ecc-p256'],
  ['34571606cb7a0d71be377e671ddcccae2a169ed7733598214129231cd30c4a3c', 'RFC9421 test-key-ed25519'],
  ['c73eecd318bd3813f2402a660d8a90010ca35d609d19377d5ee7af200713229f', 'RFC9421 test-key-rsa'],
  ['72859cbaf21a0b398b1f25712bbed148b1d85a0c6b824176eb306405caa6f0b2', 'RFC9421 test-key-rsa-pss'],
  [
    '7594960cb074cc89bb79e511e26f8e74a93df188641a38c4592894648b1f82da',
    'Wycheproof json_web_crypto kid-ec-sign',
  ],
  [
    '62ab98e07566bb96b6ae8e6da086554a2c4aee02a1f00f1f8ffa551cc620df72',
    'Wycheproof json_web_crypto kid-rsa-sign',
  ],
  [
    '3bb6b4e92841edd1d1ec913ea98e8ffefefef5e6363ffb1d6b55d8c2b95cd176',
    'Wycheproof json_web_crypto kid-rsa-roca-sign',
  ],
  [
    '19818232a1dd313f53b5d5b95ae3d32570e178ba58d6d5906989fc299b00e32f',
    'Wycheproof json_web_crypto kid-ec-decrypt',
  ],
  [
    '019e7a409b366a4cc8fc41a1fc2cd236f923880b5b3ebae682d62fadd87c5c59',
    'Wycheproof json_web_encryption rsa_oaep_256',
  ],
  [
    '325341932f5f19ef349267d6ae82df0f056c349d46d9872f3211173fcc8bcecc',
    'Wycheproof json_web_encryption rsa1_5',
  ],
  [
    '229cabb741449d91d703195d4d69814fdcae96bf2f58960ae2711cedd61e3514',
    'Wycheproof json_web_encryption frodo.baggins',
  ],
  [
    '1b50d9a1d7f6619f0362fe9382506259cb44afdd1dc3083c927cab36f2ebf79b',
    'Wycheproof json_web_encryption peregrin.took',
  ],
  [
    'eb28a65877d2b84b92a6a9b5fd762a45e50665933d97fc0c724e70a161f2031a',
    'Wycheproof json_web_encryption meriadoc.brandybuck',
  ],
  ['ac4e3cb24d91aa6c2524c475728a405c4b0eec1e53650ffac3404e29fa2239b9', 'Wycheproof json_web_key RS256_1024'],
  [
    'c963778ab59460a32e2e78aed3deddd8ab2358812381ad455c675f907444a6d6',
    'Wycheproof json_web_signature RS256_2048',
  ],
  [
    'f5876f9023d036efa06c326c15fa23c6578cff4e498b8d106ddef1a8450a20f0',
    'Wycheproof json_web_signature RS384_2048',
  ],
  [
    'd51d17338c3194ce5a3d9603b39b82e8a685a31c81d885bfecf170bf6037104d',
    'Wycheproof json_web_signature RS512_2048',
  ],
  [
    '627771f25da426d1f9ae315e42106d700b1529850eee1592acf39603959d795d',
    'Wycheproof json_web_signature bilbo.baggins',
  ],
  [
    'c6479a15a50ac4cd9b6414e27c69bf37345dc1046dc648875c4898fbd35cc74b',
    'Wycheproof json_web_signature bilbo.baggins',
  ],
  ['a360b442e10afe4dff7fecb4145d0a0c42fbdab944a889bfb335da3da171a69b', 'vdstools utts5b'],
  ['a01ee5267479d01545d8ce3ea3d28c5af900ae1c23d8bff0cc6caa6f63698e11', 'vdstools dets32'],
  ['5ee173d93b34c32ece1453cd8847697d0a95333e1b88b3ea94f969b072f23304', 'BSI specimen of 2013, DG14'],
  ['c083f46d09d7fc65388661f4e4deaefebab3d8d8c689a8fa30b7564cb68c609c', 'BSI specimen of 2013, DG15'],
])
