using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>A folder of policy documents, read as one set.</summary>
internal sealed class PolicyFolder(string path, IReadOnlyList<PolicyFile> files, PolicySetLoad load)
{
    public IReadOnlyList<PolicyFile> Files => files;

    public PolicySetLoad Load => load;

    public static Argument<string> Argument() => new("FOLDER") { Description = "Folder with the documents of one policy set [default: policies]", Arity = ArgumentArity.ZeroOrOne };

    /// <exception cref="CommandFailedException">There is no such folder, or no document in it.</exception>
    public static PolicyFolder Read(string? given)
    {
        var path = given ?? "policies";
        try
        {
            var files = PolicySet.ReadFolder(path);
            if (files.Count == 0) throw CommandFailedException.Usage($"'{path}' holds no policy documents: no file in it is named *.yaml.");
            return new(path, files, PolicySet.Load(files));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailedException.Usage($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The set, or the end of the command with every error on standard error.</summary>
    /// <exception cref="CommandFailedException">The documents hold mistakes.</exception>
    public PolicySet SetOrFail(Screen screen)
    {
        if (load.Set is { } set) return set;
        foreach (var error in load.Errors) screen.Note($"{At(error)}: [red]error[/] {error.Code}: {error.Message}");
        throw CommandFailedException.Usage($"The documents in '{path}' are no policy set: {Count(load.Errors.Count, "error")}.");
    }

    public string At(LoadError error) => At(error.File, error.Line, error.Column);

    /// <summary>A place as editors jump to it.</summary>
    public string At(string file, int line, int column) => $"{Shown(file)}:{line}:{column}";

    public string Shown(string file) => file.Length == 0 ? path : Path.Combine(path, file);

    public static JsonObject Json(LoadError error)
    {
        var json = new JsonObject { ["file"] = error.File, ["line"] = error.Line, ["column"] = error.Column, ["code"] = error.Code, ["message"] = error.Message };
        if (error.Suggestion is { } suggestion) json["suggestion"] = suggestion;
        return json;
    }

    public static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {(what.EndsWith('y') ? what[..^1] + "ie" : what)}s";
}
