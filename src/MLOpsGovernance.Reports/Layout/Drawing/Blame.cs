using MLOpsGovernance.Reports.Layout.Elements;

namespace MLOpsGovernance.Reports.Layout.Drawing;

/// <summary>Says which element did not fit, and where in the document it stands.</summary>
internal static class Blame
{
    public static string Of(PageElement page, int number, SpacePlan refused)
    {
        var blamed = refused.Blame ?? page;
        List<string> path = [];
        Find(page, blamed, path);
        var where = path.Count == 0 ? blamed.Name : string.Join(" › ", path);
        return $"Page {number}: {blamed.Name} never fits, also not on a page of its own: {refused.Why}. It stands at {where}.";
    }

    private static bool Find(Element at, Element blamed, List<string> path)
    {
        var named = at.GetType() != typeof(ContainerElement);
        if (named) path.Add(at.Name);
        if (ReferenceEquals(at, blamed)) return true;
        foreach (var child in at.Children)
        {
            if (Find(child, blamed, path)) return true;
        }

        if (named) path.RemoveAt(path.Count - 1);
        return false;
    }
}
