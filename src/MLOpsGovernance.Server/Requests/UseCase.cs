using System.Collections.Concurrent;
using System.Text;

namespace MLOpsGovernance.Server.Requests;

/// <summary>The name of a use case in traces, metrics and histories: <c>ApproveVersion</c> is <c>approve-version</c>.</summary>
internal static class UseCase
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    public static string Of(object request) => Of(request.GetType());

    public static string Of(Type request) => Names.GetOrAdd(request, static type =>
    {
        var name = new StringBuilder();
        foreach (var c in type.Name)
        {
            if (char.IsUpper(c) && name.Length > 0) name.Append('-');
            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    });
}
