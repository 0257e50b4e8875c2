namespace MLOpsGovernance.Reports.Layout;

public interface IDocument
{
    DocumentMetadata GetMetadata() => DocumentMetadata.Default;

    DocumentSettings GetSettings() => DocumentSettings.Default;

    void Compose(IDocumentContainer container);
}

public interface IDocumentContainer;

public interface IElement;

public interface IContainer
{
    /// <summary>What is in it. One child at most: a second one is refused.</summary>
    IElement? Child { get; set; }
}

public interface IComponent
{
    void Compose(IContainer container);
}

public sealed class Document : IDocument
{
    private readonly Action<IDocumentContainer> _handler;
    private DocumentMetadata _metadata = DocumentMetadata.Default;
    private DocumentSettings _settings = DocumentSettings.Default;

    private Document(Action<IDocumentContainer> handler) => _handler = handler;

    public static Document Create(Action<IDocumentContainer> handler) => new(handler);

    public Document WithMetadata(DocumentMetadata metadata)
    {
        _metadata = metadata;
        return this;
    }

    public Document WithSettings(DocumentSettings settings)
    {
        _settings = settings;
        return this;
    }

    public DocumentMetadata GetMetadata() => _metadata;

    public DocumentSettings GetSettings() => _settings;

    public void Compose(IDocumentContainer container) => _handler(container);
}
