package dev.countersign.it.signers;

import java.util.List;

/** What the signers of AWS requests are given to sign, each a request that they and the server read in one way. */
final class AwsRequests {
    static final String JSON = "{\"item\":\"hat\",\"note\":\"caf\u00c3\u00a9\",\"n\":1}";

    /** What the three signers that were compared for it agree on, of any service but S3. */
    static final List<String> TARGETS = List.of(
            "/aws/",
            "/aws/orders",
            "/aws/a%20b",
            "/aws/caf%C3%A9/%E2%82%AC",
            "/aws/a%2Fb",
            "/aws/a//b",
            "/aws/./a/../b",
            "/aws/a-b_c.d~e",
            "/aws/orders?b=2&a=1",
            "/aws/orders?a=2&a=1&a=10",
            "/aws/orders?empty=&a=1",
            "/aws/orders?sum=1%2B1&a=x%20y",
            "/aws/orders?Zed=1&a=1&B=2",
            "/aws/orders?name=caf%C3%A9&slash=a%2Fb");

    private AwsRequests() {}

    static Message post() {
        return Message.of("POST", "/aws/orders/42?b=2&a=1&a=0")
                .with("Content-Type", "application/json")
                .with("X-Note", "several  words")
                .withBody(JSON);
    }

    /** Everything that a signature in the Authorization field covers changed, and the field itself. */
    static Changes headerChanges(Message signed) {
        Changes changes = Changes.of(signed)
                .method()
                .path()
                .query()
                .field("Content-Type")
                .body()
                .hex("Authorization", "Signature=")
                .part("Authorization", "/" + Settings.REGION + "/", "/us-west-2/")
                .part("Authorization", "/aws4_request", "/aws5_request")
                .part("Authorization", Settings.ACCESS_KEY, "AKIDEXAMPLF")
                .part("Authorization", "content-type;", "")
                .copy("X-Amz-Target, not signed", signed.with("X-Amz-Target", "Orders.Delete"))
                .field("X-Amz-Date");
        String date = signed.field("X-Amz-Date");
        String day = date.substring(0, 8);
        String seconds = date.substring(13, 15);
        return changes.part("Authorization", "/" + day + "/", "/20200101/")
                .copy(
                        "X-Amz-Date, another second",
                        signed.replacing(
                                "X-Amz-Date",
                                old -> old.substring(0, 13) + (seconds.equals("00") ? "01" : "00") + "Z"));
    }
}
