package dev.countersign.authorization.elsewhere;

import dev.countersign.annotation.RequireScope;

/** Methods of each visibility, for a subclass in another package. */
public abstract class Elsewhere {
    @RequireScope("public")
    public void isPublic() {}

    @RequireScope("protected")
    protected void isProtected() {}

    @RequireScope("package")
    void isPackagePrivate() {}
}
