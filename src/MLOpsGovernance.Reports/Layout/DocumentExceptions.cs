namespace MLOpsGovernance.Reports.Layout;

/// <summary>The document is put together in a way that means nothing: two children in one container, a table without columns.</summary>
public sealed class DocumentComposeException(string message) : Exception(message);

/// <summary>An element does not fit on any page. The message names it, where it stands, what it needs and what there is.</summary>
public sealed class DocumentLayoutException(string message) : Exception(message);

/// <summary>What was laid out could not be drawn: no font on this machine, an image that is none.</summary>
public sealed class DocumentDrawingException(string message, Exception? innerException = null) : Exception(message, innerException);
