namespace MLOpsGovernance.Server.Ui;

/// <summary>Puts a page into the navigation, for those who may open it.</summary>
/// <param name="section">The heading that it stands under; empty for none.</param>
/// <param name="order">Its place; entries of one section stand together.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MenuEntryAttribute(string title, string icon, int order, string section = "") : Attribute
{
    public string Title { get; } = title;

    public string Icon { get; } = icon;

    public int Order { get; } = order;

    public string Section { get; } = section;
}
