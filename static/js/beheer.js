// Select2 makes search fields without a name; each gets that of the field it belongs to.
const label = (field) => {
  const select = field.closest(".select2")?.previousElementSibling;
  const text = select?.labels?.[0]?.textContent.trim().replace(/:$/, "");
  field.setAttribute("aria-label", text || "Zoeken");
};
const labelAll = () => document.querySelectorAll(".select2-search__field:not([aria-label])").forEach(label);

new MutationObserver(labelAll).observe(document.body, { childList: true, subtree: true });
labelAll();
