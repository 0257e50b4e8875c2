namespace MLOpsGovernance.Reports.Layout.Elements;

/// <summary>Holds one child at most, and passes on what it is asked.</summary>
internal class ContainerElement : Element, IContainer
{
    private Element? _child;

    IElement? IContainer.Child
    {
        get => _child;
        set => Put(value as Element);
    }

    public override IEnumerable<Element> Children => _child is null ? [] : [_child];

    protected Element? Inner => _child;

    protected override SpacePlan Plan(Size space) => _child?.Measure(space) ?? SpacePlan.Empty;

    protected override void Paint(Size space, PageContext page) => _child?.Draw(space, page);

    private void Put(Element? child)
    {
        if (_child is not null) throw new DocumentComposeException($"{Name} holds {_child.Name} already: a container takes one child, put several into a Column, Row or Table.");
        _child = child ?? throw new DocumentComposeException($"{Name} was given an element that is none of this layer's.");
    }
}

internal static class Containers
{
    public static T Put<T>(this IContainer container, T element) where T : Element
    {
        container.Child = element;
        return element;
    }

    /// <summary>The container itself where it is already of that family, so that consecutive calls form one element.</summary>
    public static IContainer Join<T>(this IContainer container, Action<T> change) where T : ContainerElement, new()
    {
        if (container is T { } family && container.Child is null)
        {
            change(family);
            return family;
        }

        var made = new T();
        change(made);
        return container.Put(made);
    }
}
