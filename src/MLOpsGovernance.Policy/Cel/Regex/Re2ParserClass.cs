namespace MLOpsGovernance.Policy.Cel.Regex;

internal sealed partial class Re2Parser
{
    /// <summary>A bracket expression; the opening bracket is read already.</summary>
    private CodePointSet Class()
    {
        var negated = TryTake('^');
        var ranges = new List<(int From, int To)>();
        var first = true;
        while (first || Peek() != ']')
        {
            if (AtEnd) throw new Re2Exception("'[' is not closed");
            first = false;
            if (TryPosix(out var set) || (Peek() == '\\' && TryEscapedClass(out set)))
            {
                ranges.AddRange(set!.Ranges);
                continue;
            }

            var from = ClassMember();
            var to = from;
            if (Peek() == '-' && Peek(1) is not (']' or -1))
            {
                _at++;
                to = ClassMember();
                if (to < from) throw new Re2Exception("a range in '[…]' goes from the smaller to the larger character");
            }

            ranges.Add((from, to));
        }

        _at++;
        var all = CodePointSet.Of(ranges);
        if (_flags.HasFlag(Flags.IgnoreCase)) all = all.IgnoringCase();
        return negated ? all.Complement() : all;
    }

    private bool TryEscapedClass(out CodePointSet? set)
    {
        _at++;
        if (AtEnd) throw new Re2Exception("a pattern cannot end with a backslash");
        if (TryNamedClass(out set)) return true;
        _at--;
        return false;
    }

    private int ClassMember()
    {
        if (AtEnd) throw new Re2Exception("'[' is not closed");
        if (Peek() != '\\') return _text[_at++];
        _at++;
        if (AtEnd) throw new Re2Exception("a pattern cannot end with a backslash");
        return EscapedCodePoint();
    }

    /// <summary><c>[:alpha:]</c> or <c>[:^alpha:]</c>.</summary>
    private bool TryPosix(out CodePointSet? set)
    {
        set = null;
        if (Peek() != '[' || Peek(1) != ':') return false;
        var end = _at + 2;
        while (end + 1 < _text.Length && !(_text[end] == ':' && _text[end + 1] == ']')) end++;
        if (end + 1 >= _text.Length) return false;

        var name = string.Concat(_text[(_at + 2)..end].Select(char.ConvertFromUtf32));
        var negated = name.StartsWith('^');
        set = CharacterClasses.Posix(negated ? name[1..] : name) ?? throw new Re2Exception($"there is no character class '[:{name}:]'");
        if (negated) set = set.Complement();
        _at = end + 2;
        return true;
    }
}
