namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>Reads types as the documents and the function tables write them: <c>map(string, list(int))</c>, <c>&lt;T&gt;</c>.</summary>
internal sealed class TypeText
{
    private readonly string _text;
    private readonly Func<string, CelType?>? _named;
    private int _at;

    private TypeText(string text, Func<string, CelType?>? named) => (_text, _named) = (text, named);

    /// <param name="named">Types known by other names; asked for every name that the language itself does not have.</param>
    /// <exception cref="FormatException">The text is no type; the message says why.</exception>
    public static CelType Parse(string text, Func<string, CelType?>? named = null)
    {
        var reader = new TypeText(text, named);
        var type = reader.Read(0);
        reader.SkipBlank();
        return reader._at == text.Length ? type : throw reader.Wrong("a type ends before this");
    }

    private CelType Read(int depth)
    {
        if (depth > 20) throw Wrong("types nest at most 20 levels");
        SkipBlank();
        if (_at < _text.Length && _text[_at] == '<')
        {
            var close = _text.IndexOf('>', _at);
            if (close < 0) throw Wrong("'<' needs a '>'");
            var parameter = _text[(_at + 1)..close];
            _at = close + 1;
            return CelType.Parameter(parameter);
        }

        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.')) _at++;
        var name = _text[start.._at];
        var parameters = new List<CelType>();
        SkipBlank();
        if (_at < _text.Length && _text[_at] == '(')
        {
            do
            {
                _at++;
                parameters.Add(Read(depth + 1));
                SkipBlank();
            }
            while (_at < _text.Length && _text[_at] == ',');
            if (_at >= _text.Length || _text[_at] != ')') throw Wrong("'(' needs a ')'");
            _at++;
        }

        return Named(name, [.. parameters]);
    }

    private CelType Named(string name, CelType[] parameters) => (name, parameters.Length) switch
    {
        ("dyn", 0) => CelType.Dyn,
        ("error", 0) => CelType.Error,
        ("null_type" or "null", 0) => CelType.Null,
        ("bool", 0) => CelType.Bool,
        ("int", 0) => CelType.Int,
        ("uint", 0) => CelType.UInt,
        ("double", 0) => CelType.Double,
        ("string", 0) => CelType.String,
        ("bytes", 0) => CelType.Bytes,
        ("timestamp" or "google.protobuf.Timestamp", 0) => CelType.Timestamp,
        ("duration" or "google.protobuf.Duration", 0) => CelType.Duration,
        ("type", 0) => CelType.AnyType,
        ("type", 1) => CelType.TypeOf(parameters[0]),
        ("list", 1) => CelType.List(parameters[0]),
        ("map", 2) => CelType.Map(parameters[0], parameters[1]),
        ("list", 0) => CelType.List(CelType.Dyn),
        ("map", 0) => CelType.Map(CelType.Dyn, CelType.Dyn),
        _ when _named?.Invoke(name) is { } known && parameters.Length == 0 => known,
        ({ Length: 1 }, 0) when char.IsAsciiLetterUpper(name[0]) => CelType.Parameter(name),
        ("", _) => throw Wrong("a type name is missing"),
        _ when _named is not null => throw new FormatException(
            $"'{name}' is no type; the types are bool, int, uint, double, string, bytes, timestamp, duration, dyn, list(T), map(K, V) and the declared ones"),
        _ => CelType.Abstract(name, parameters),
    };

    private void SkipBlank()
    {
        while (_at < _text.Length && _text[_at] == ' ') _at++;
    }

    private FormatException Wrong(string why) => new($"'{_text}' is no type: {why}");
}
