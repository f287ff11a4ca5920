package dev.countersign.signature;

import java.time.Instant;

/** One delivery of a webhook, to be signed. Immutable, as long as nobody changes the content. */
public final class WebhookDelivery {
    private final String method;
    private final String url;
    private final String id;
    private final Instant time;
    private final boolean form;
    private final byte[] content;

    /**
     * A delivery.
     *
     * @param method the method, nearly always {@code POST}
     * @param url the absolute URL as the receiver's world sees it, with its query; signed by some providers
     * @param id what names the delivery, the same when it is tried again
     * @param time when it is sent
     * @param form whether the content is {@code application/x-www-form-urlencoded}, which Twilio signs otherwise
     * @param content the content, byte for byte as it will be sent; not copied
     */
    public WebhookDelivery(String method, String url, String id, Instant time, boolean form, byte[] content) {
        this.method = method;
        this.url = url;
        this.id = id;
        this.time = time;
        this.form = form;
        this.content = content;
    }

    /** A POST of content that is no form. */
    public static WebhookDelivery post(String url, String id, Instant time, byte[] content) {
        return new WebhookDelivery("POST", url, id, time, false, content);
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** The URL that is called. */
    public String url() {
        return url;
    }

    /** What names the delivery. */
    public String id() {
        return id;
    }

    /** When it is sent. */
    public Instant time() {
        return time;
    }

    /** Whether the content is a form. */
    public boolean form() {
        return form;
    }

    /** The content, not copied. */
    public byte[] content() {
        return content;
    }

    /** The raw path and query of the URL; {@code /} if it has neither. */
    String target() {
        int authority = url.indexOf("://") + 3;
        int end = url.indexOf('#');
        String whole = end < 0 ? url : url.substring(0, end);
        for (int i = authority; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (c == '/') {
                return whole.substring(i);
            }
            if (c == '?') {
                return "/" + whole.substring(i);
            }
        }
        return "/";
    }

    /** The id and the length of the content; nothing of what is in it. */
    @Override
    public String toString() {
        return "WebhookDelivery[" + id + ", " + content.length + " bytes]";
    }
}
